import { followedBy, format, type Format } from "./format.ts";
import { isMadeUp } from "./made-up.ts";

const base32 = "abcdefghijklmnopqrstuvwxyz234567";
const hex = "0123456789abcdef";
/** The storage emulator's key, the same on every machine. */
const AZURITE = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq";

/** In a signed URL the key's id is public; the signature there is good for that one URL only. */
const signedUrl = /(?:X-Amz-Credential=|[?&]AWSAccessKeyId=)$/i;

/** Keys to clouds and infrastructure. */
export const cloudFormats: readonly Format[] = [
  format({
    id: "aws-access-key",
    title: "an AWS access key",
    words: ["AKIA", "ASIA"],
    anchors: ["akia", ...followedBy("asia", base32)],
    secret: /A[KS]IA[A-Z2-7]{16}/,
    judge: (key, text, at) =>
      isMadeUp(key) || signedUrl.test(text.slice(Math.max(0, at - 24), at)) ? undefined : "hard",
  }),
  format({
    id: "aws-session-token",
    title: "an AWS session token",
    words: ["IQoJb3JpZ2lu", "FwoGZXIvYXdz", "FQoGZXIvYXdz"],
    secret: /(?:IQoJb3JpZ2lu|F[wQ]oGZXIvYXdz)[A-Za-z0-9/+=]{100,4000}/,
    // Real ones hold long rows of slashes.
    judge: (token) => (token.includes("EXAMPLE") ? undefined : "hard"),
  }),
  format({
    id: "google-api-key",
    title: "a Google API key",
    words: ["AIza"],
    secret: /AIza[\w-]{35}/,
  }),
  format({
    id: "google-oauth-secret",
    title: "a Google OAuth client secret",
    words: ["GOCSPX-"],
    secret: /GOCSPX-[\w-]{28}/,
  }),
  format({
    id: "google-oauth-token",
    title: "a Google OAuth token",
    words: ["ya29."],
    secret: /ya29\.[\w-]{60,2000}/,
  }),
  format({
    id: "azure-storage-key",
    title: "an Azure storage key",
    words: ["AccountKey="],
    isBare: true,
    secret: /AccountKey=([A-Za-z0-9+/]{86}==)/,
    judge: (key) => (key.startsWith(AZURITE) || isMadeUp(key) ? undefined : "hard"),
  }),
  format({
    id: "azure-sas",
    title: "an Azure shared access signature",
    words: ["sig="],
    isBare: true,
    secret: /sig=([A-Za-z0-9%+/]{40,120}(?:%3D|=))/,
    judge: (signature, text, at) => (isMadeUp(signature) || !isSigned(text, at) ? undefined : "soft"),
  }),
  format({
    id: "azure-client-secret",
    title: "an Azure client secret",
    words: ["Q~"],
    before: 4,
    secret: /[A-Za-z0-9_~.]{3}\dQ~[\w~.-]{31,34}/,
  }),
  format({
    id: "digitalocean-token",
    title: "a DigitalOcean token",
    words: ["dop_v1_", "doo_v1_", "dor_v1_"],
    secret: /do[opr]_v1_[a-f0-9]{64}/,
  }),
  format({
    id: "databricks-token",
    title: "a Databricks token",
    words: ["dapi"],
    anchors: followedBy("dapi", hex),
    secret: /dapi[a-f0-9]{32}(?:-\d)?/,
  }),
  format({
    id: "vault-token",
    title: "a HashiCorp Vault token",
    words: ["hvs.", "hvb.", "hvr."],
    secret: /hv[sbr]\.[\w-]{24,500}/,
  }),
  format({
    id: "terraform-token",
    title: "a Terraform Cloud token",
    words: [".atlasv1."],
    before: 14,
    secret: /[A-Za-z0-9]{14}\.atlasv1\.[\w=-]{60,70}/,
  }),
  format({
    id: "heroku-key",
    title: "a Heroku API key",
    words: ["HRKU-AA"],
    secret: /HRKU-AA[\w-]{58}/,
  }),
  format({
    id: "supabase-token",
    title: "a Supabase token",
    words: ["sbp_"],
    secret: /sbp_[a-f0-9]{40}/,
  }),
];

/** A signature counts in the company of its version: `sv=2024-11-04`. */
function isSigned(text: string, at: number): boolean {
  return /[?&;"]sv=20\d\d-\d\d-\d\d/.test(text.slice(Math.max(0, at - 600), at + 600));
}
