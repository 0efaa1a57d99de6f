import { crc32 } from "node:zlib";

const digits = "0123456789";
const hex = "0123456789abcdef";
const base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const base64url = `${base62}-_`;

/** A small generator with a seed: the same tokens in every run, none of them in this file. */
function generator(seed: number): (alphabet: string, length: number) => string {
  let state = seed;
  const next = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  return (alphabet, length) => Array.from({ length }, () => alphabet[Math.floor(next() * alphabet.length)]).join("");
}

/** Random letters and digits with the checksum that GitHub and npm put behind them. */
function checked(body: string): string {
  let sum = "";
  for (let rest = crc32(body); rest > 0; rest = Math.floor(rest / 62)) sum = base62[rest % 62] + sum;
  return body + sum.padStart(6, "0");
}

function encoded(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

/** One secret of each kind, by the rule that is to find it. */
export function randomSecrets(seed: number): Record<string, string> {
  const random = generator(seed);
  const word = (length: number): string => random(base62, length);
  const url = (length: number): string => random(base64url, length - 1) + word(1);
  const pem = word(64).replace(/.{32}/g, "$&\n");
  return {
    "aws-access-key": `AKIA${random(base32, 16)}`,
    "google-api-key": `AIza${url(35)}`,
    "google-oauth-secret": `GOCSPX-${url(28)}`,
    "google-oauth-token": `ya29.${url(180)}`,
    "azure-client-secret": `${word(3)}8Q~${word(34)}`,
    "digitalocean-token": `dop_v1_${random(hex, 64)}`,
    "databricks-token": `dapi${random(hex, 32)}`,
    "vault-token": `hvs.${url(95)}`,
    "terraform-token": `${word(14)}.atlasv1.${word(67)}`,
    "heroku-key": `HRKU-AA${url(58)}`,
    "supabase-token": `sbp_${random(hex, 40)}`,
    "github-token": `ghp_${checked(word(30))}`,
    "github-fine-grained-token": `github_pat_${word(22)}_${word(59)}`,
    "gitlab-token": `glpat-${url(20)}`,
    "npm-token": `npm_${checked(word(30))}`,
    "pypi-token": `pypi-AgEIcHlwaS5vcmc${url(150)}`,
    "rubygems-key": `rubygems_${random(hex, 48)}`,
    "docker-token": `dckr_pat_${url(27)}`,
    "atlassian-token": `ATATT3${url(186)}`,
    "linear-key": `lin_api_${word(40)}`,
    "notion-token": `ntn_${random(digits, 11)}${word(35)}`,
    "sentry-token": `sntryu_${random(hex, 64)}`,
    "grafana-token": `glsa_${word(32)}_${random(hex, 8)}`,
    "postman-key": `PMAK-${random(hex, 24)}-${random(hex, 34)}`,
    "figma-token": `figd_${url(40)}`,
    "airtable-token": `pat${word(14)}.${random(hex, 64)}`,
    "anthropic-key": `sk-ant-api03-${url(93)}AA`,
    "openai-key": `sk-proj-${url(74)}T3BlbkFJ${url(74)}`,
    "openrouter-key": `sk-or-v1-${random(hex, 64)}`,
    "model-api-key": `sk-${random(hex, 32)}`,
    "huggingface-token": `hf_${word(34)}`,
    "groq-key": `gsk_${word(52)}`,
    "xai-key": `xai-${word(80)}`,
    "perplexity-key": `pplx-${word(48)}`,
    "replicate-token": `r8_${word(37)}`,
    "langsmith-key": `lsv2_pt_${random(hex, 32)}_${random(hex, 10)}`,
    "slack-token": `xoxb-${random(digits, 12)}-${random(digits, 12)}-${word(24)}`,
    "slack-webhook": `hooks.slack.com/services/T${random(base32, 9)}/B${random(base32, 9)}/${word(24)}`,
    "discord-token": `${Buffer.from(`1${random(digits, 17)}`).toString("base64")}.G${url(5)}.${url(38)}`,
    "discord-webhook": `discord.com/api/webhooks/1${random(digits, 17)}/${url(68)}`,
    "telegram-token": `${random(digits, 10)}:AA${url(33)}`,
    "stripe-key": `sk_live_${word(24)}`,
    "stripe-webhook-secret": `whsec_${word(32)}`,
    "square-token": `sq0atp-${url(22)}`,
    "shopify-token": `shpat_${random(hex, 32)}`,
    "braintree-token": `access_token$production$${random(hex, 16)}$${random(hex, 32)}`,
    "sendgrid-key": `SG.${url(22)}.${url(43)}`,
    "mailgun-key": `key-${random(hex, 32)}`,
    "brevo-key": `xkeysib-${random(hex, 64)}-${word(16)}`,
    "twilio-key": `SK${random(hex, 32)}`,
    "age-key": `AGE-SECRET-KEY-1${random("QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L", 58)}`,
    "private-key": `-----BEGIN RSA PRIVATE KEY-----\n${pem}${pem}-----END RSA PRIVATE KEY-----`,
    jwt: `${encoded({ alg: "HS256" })}.${encoded({ sub: word(20), iat: 1_764_000_000 })}.${url(43)}`,
  };
}
