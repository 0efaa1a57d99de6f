import type { Detector } from "../../core/detector.ts";
import { answer, call, result } from "./messages.ts";

const rule = (name: string): { expect: { rule: string } } => ({ expect: { rule: name } });

/** None of these opens anything. They are written in two parts so that no scanner of this file is alarmed. */
const token = (kind: string, rest: string): string => kind + rest;

const awsId = token("AKIA", "Q3XM7PLWZ5DEMO2K");
const awsSecret = token("t9Kf2/", "QwZr7Lm4Xc8Vb1Nh6Jd3Gs5Yp0Ta+UeBiR");
const github = token("ghp_", "Zq8Lw3Tn6Vb1Kx9Rm4Yd7Hs2Gf5JcP2864Bn");
const keyBody = "b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtzc2gtZW\nQyNTUxOQAAACBXq0Zr7Lm4";
const privateKey = token("-----BEGIN OPENSSH", ` PRIVATE KEY-----\n${keyBody}\n-----END OPENSSH PRIVATE KEY-----`);
const aws = { span: { start: 5, end: 25 }, placeholder: "‹aws-access-key:1›", evidence: "AKIA… (20 characters)" };

export const examples: Detector["examples"] = {
  bad: [
    result(`key: ${awsId}`, { title: "an AWS access key", expect: { rule: "aws-access-key", ...aws } }),
    result(JSON.stringify({ AccessKeyId: awsId, SecretAccessKey: awsSecret }), {
      title: "the secret beside its id",
      ...rule("aws-secret-key"),
    }),
    answer(
      "tools/call",
      { name: "create_key" },
      { content: [], structuredContent: { AccessKeyId: awsId, SecretAccessKey: awsSecret } },
      {
        title: "the secret in the next member",
        expect: { rule: "aws-secret-key", at: "/result/structuredContent/SecretAccessKey" },
      },
    ),
    result(`{"log": "cloning\\n${github}\\ndone"}`, {
      title: "a GitHub token between escaped line ends",
      ...rule("github-token"),
    }),
    call({ text: `export GH=${github}` }, { title: "a GitHub token on its way to a server", ...rule("github-token") }),
    result(Buffer.from(`machine.example login bot password ${github}`).toString("base64"), {
      title: "in base64",
      ...rule("github-token"),
    }),
    result(`next?token=${github.replace("_", "%5F")}`, { title: "in URL escapes", ...rule("github-token") }),
    answer(
      "resources/read",
      { uri: "file:///home/kim/.ssh/id_ed25519" },
      { contents: [{ uri: "file:///home/kim/.ssh/id_ed25519", text: privateKey }] },
      { title: "an SSH key as a resource", expect: { rule: "private-key", at: "/result/contents/0/text" } },
    ),
    result(token("sk_live_", "51Nq8Lw3Tn6Vb1Kx9Rm4Yd7Hs"), { title: "a live Stripe key", ...rule("stripe-key") }),
    result(token("xoxb-", "204815162342-204815162399-Zq8Lw3Tn6Vb1Kx9Rm4Yd7Hs2"), {
      title: "a Slack token",
      ...rule("slack-token"),
    }),
    result(token("SG.", "Zq8Lw3Tn6Vb1Kx9Rm4Yd7H.Rk4Wz9Qe2Tn7Lb5Xv8Mj3Hd6Fy1GsCaUp0Qw2Er4TyU"), {
      title: "a SendGrid key",
      ...rule("sendgrid-key"),
    }),
    result(`DATABASE_URL=postgres://app:${token("Zq8Lw3", "Tn6Vb1Kx")}@db.internal.corp:5432/app`, {
      title: "a database password",
      expect: { rule: "database-password", confidence: "soft", evidence: "… (14 characters)" },
    }),
    {
      title: "in a server's error",
      direction: "to-client",
      message: { jsonrpc: "2.0", id: 7, error: { code: -32000, message: `401 for ${github}` } },
      ...rule("github-token"),
    },
  ],
  good: [
    result("aws_access_key_id = AKIAIOSFODNN7EXAMPLE", { title: "the id that AWS's documentation shows" }),
    result("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", { title: "the secret that AWS's documentation shows" }),
    result(awsSecret, { title: "forty characters without an id beside them" }),
    result(`https://b.s3.amazonaws.com/o?X-Amz-Credential=${awsId}%2F20260101%2Fus-east-1%2Fs3%2Faws4_request`, {
      title: "the id in a signed URL",
    }),
    result("commit 3f786850e387550fdab836ed7e6dc881de23001b", { title: "a commit" }),
    result("sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", { title: "a checksum in base64" }),
    result("d41d8cd98f00b204e9800998ecf8427e", { title: "a checksum in hex" }),
    result("Set GITHUB_TOKEN=ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx and run it", { title: "a placeholder" }),
    result("export OPENAI_API_KEY=sk-your-key-here", { title: "another placeholder" }),
    result(token("sk-proj-", "abcdefghijklmnopqrstuvwxyz0123456789"), { title: "the alphabet as a key" }),
    result("-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBg...\n-----END PRIVATE KEY-----", { title: "a key left out" }),
    result("-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n-----END", {
      title: "a public key",
    }),
    result("postgres://postgres:postgres@localhost:5432/dev", { title: "a database on this machine" }),
    result("postgresql://user:password@host/db", { title: "how a database address is written" }),
    result("Flights to Asia, ASIA-PACIFIC, AKIA Corp.; npm_config_registry; task-based; hf_hub_download", {
      title: "words that begin like keys",
    }),
    result(
      "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c",
      { title: "the token that every JWT tutorial shows" },
    ),
  ],
};
