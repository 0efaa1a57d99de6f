import { followedBy, format, type Format } from "./format.ts";
import { isMadeUp } from "./made-up.ts";

/** Only the last part is secret; account numbers before it are often counted ones in examples. */
const byLastPart = (token: string): "hard" | undefined =>
  isMadeUp(token.slice(Math.max(token.lastIndexOf("-"), token.lastIndexOf("/"), token.lastIndexOf("\\")) + 1))
    ? undefined
    : "hard";

/** Keys to chat, mail and payment services. */
export const serviceFormats: readonly Format[] = [
  format({
    id: "slack-token",
    title: "a Slack token",
    words: ["xoxb-", "xoxp-", "xoxa-", "xoxr-", "xoxs-", "xoxo-", "xoxe-", "xoxe.xox", "xapp-"],
    secret:
      /(?:xox[abposr]-\d{8,14}-(?:\d{8,14}-){0,2}[A-Za-z0-9]{16,64}|xoxe(?:\.xox[bp])?-\d-[A-Za-z0-9]{100,200}|xapp-\d-[A-Z0-9]{8,14}-\d{8,16}-[a-f0-9]{32,64})/,
    judge: byLastPart,
  }),
  format({
    id: "slack-webhook",
    title: "a Slack webhook",
    words: ["hooks.slack.com"],
    secret:
      /hooks\.slack\.com[\\/]{1,2}(?:services|workflows|triggers)[\\/]{1,2}[A-Z0-9]{8,14}[\\/]{1,2}[A-Za-z0-9]{8,20}[\\/]{1,2}[A-Za-z0-9]{20,48}/,
    judge: byLastPart,
  }),
  format({
    id: "discord-token",
    title: "a Discord bot token",
    words: ["MT", "Mj", "Mz", "ND", "NT", "Nj", "Nz", "OD", "OT"],
    // The bot's id in base64 opens the gate by itself.
    anchors: [],
    secret: /[MNO][A-Za-z0-9]{22,27}\.[C-HX-Z][\w-]{5}\.[\w-]{27,40}/,
    judge: (token) => (isMadeUp(token) || !/^\d{17,20}$/.test(decoded(token)) ? undefined : "hard"),
  }),
  format({
    id: "discord-webhook",
    title: "a Discord webhook",
    words: ["discord.com", "discordapp.com"],
    anchors: ["/webhooks/"],
    secret: /discord(?:app)?\.com[\\/]{1,2}api[\\/]{1,2}webhooks[\\/]{1,2}\d{17,20}[\\/]{1,2}[\w-]{60,72}/,
    judge: byLastPart,
  }),
  format({
    id: "telegram-token",
    title: "a Telegram bot token",
    words: [":AA"],
    before: 10,
    secret: /\d{8,10}:AA[\w-]{33}/,
    judge: (token) => (isMadeUp(token.slice(token.indexOf(":"))) ? undefined : "hard"),
  }),
  format({
    id: "stripe-key",
    title: "a live Stripe key",
    words: ["sk_live_", "rk_live_"],
    secret: /[sr]k_live_[A-Za-z0-9]{20,247}/,
  }),
  format({
    id: "stripe-webhook-secret",
    title: "a Stripe webhook secret",
    words: ["whsec_"],
    secret: /whsec_[A-Za-z0-9+/]{32,64}={0,2}/,
  }),
  format({
    id: "square-token",
    title: "a Square token",
    words: ["sq0atp-", "sq0csp-", "EAAA"],
    secret: /(?:sq0atp-[\w-]{22}|sq0csp-[\w-]{43}|EAAA[\w-]{60})/,
  }),
  format({
    id: "shopify-token",
    title: "a Shopify token",
    words: ["shpat_", "shpca_", "shppa_", "shpss_"],
    secret: /shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}/,
  }),
  format({
    id: "braintree-token",
    title: "a Braintree token",
    words: ["access_token$production$"],
    secret: /access_token\$production\$[a-z0-9]{16}\$[a-f0-9]{32}/,
  }),
  format({
    id: "sendgrid-key",
    title: "a SendGrid key",
    words: ["SG."],
    anchors: [[["sg"]]],
    secret: /SG\.[\w-]{22}\.[\w-]{43}/,
  }),
  format({
    id: "mailgun-key",
    title: "a Mailgun key",
    words: ["key-"],
    anchors: followedBy("key-", "0123456789abcdef"),
    secret: /key-[a-f0-9]{32}/,
  }),
  format({
    id: "brevo-key",
    title: "a Brevo key",
    words: ["xkeysib-"],
    secret: /xkeysib-[a-f0-9]{64}-[A-Za-z0-9]{16}/,
  }),
  format({
    id: "twilio-key",
    title: "a Twilio API key",
    words: ["SK"],
    // Capitals, letters and digits in one run open the gate by themselves.
    anchors: [],
    secret: /SK[a-f0-9]{32}/,
  }),
];

function decoded(token: string): string {
  return Buffer.from(token.slice(0, token.indexOf(".")), "base64").toString("latin1");
}
