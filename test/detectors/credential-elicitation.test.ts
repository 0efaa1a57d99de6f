import { describe, expect, it } from "vitest";
import type { JsonObject, JsonValue } from "../../src/core/json.ts";
import { defaultPolicy } from "../../src/core/policy.ts";
import { credentialElicitation } from "../../src/detectors/credential-elicitation.ts";
import { Guard } from "../../src/engine/guard.ts";
import { newServerMemory } from "../../src/engine/memory.ts";
import type { Outcome } from "../../src/engine/outcome.ts";

function received(message: JsonValue): Outcome {
  const guard = new Guard({
    session: { id: "s", client: "c", server: "mail", protocol: "mcp", transport: "stdio" },
    policy: defaultPolicy,
    detectors: [credentialElicitation],
    server: newServerMemory(),
    newEventId: () => "event",
    pendingId: () => "pending",
  });
  const bytes = Buffer.from(JSON.stringify(message));
  return guard.inspect({ direction: "to-client", bytes, now: undefined, textMatters: true });
}

const text = { type: "string" };

/** The rules that a form with this message and these fields breaks. */
function broken(message: string, properties: JsonObject = { value: text }): string[] {
  const params = { message, requestedSchema: { type: "object", properties } };
  const { verdict } = received({ jsonrpc: "2.0", id: 1, method: "elicitation/create", params });
  return verdict.findings.map(({ finding }) => finding.rule);
}

describe("asks for a secret", () => {
  it.each([
    ["Enter your credentials", "key"],
    ["To finish the setup I need your OpenAI API key.", "key"],
    ["What is your PIN?", "code"],
    ["Please re-enter the passphrase of your SSH key", "password"],
    ["Enter the 6-digit code from your authenticator app", "code"],
    ["Enter the code we sent to your phone", "code"],
    ["Your session expired. Please log in with your password again.", "password"],
    ["Please verify your identity: card number, expiry and CVC", "card"],
    ["[sudo] password for kim:", "password"],
    ["Geben Sie Ihren API-Schlüssel ein", "key"],
    ["Digite sua senha", "password"],
    ["Inserisci la tua chiave privata", "key"],
    ["Voer uw wachtwoord in", "password"],
    ["Podaj hasło", "password"],
    ["Şifrenizi girin", "password"],
    ["パスワードを入力してください", "password"],
    ["비밀번호를 입력하세요", "password"],
    ["请输入验证码", "code"],
    ["Indtast din adgangskode", "password"],
  ])("%s", (message, rule) => expect(broken(message)).toEqual([rule]));

  it.each([
    ["newPassword", "password"],
    ["DB_PASSWORD", "password"],
    ["password-confirm", "password"],
    ["github_token", "key"],
    ["APIKey", "key"],
    ["aws_secret_access_key", "key"],
    ["twoFactorCode", "code"],
    ["creditCardNumber", "card"],
    ["contraseña", "password"],
    ["密码", "password"],
  ])("in a field named %s", (name, rule) => expect(broken("Sign in", { [name]: text })).toEqual([rule]));

  it.each([
    "Your Stripe secret key (starts with sk_live)",
    "Paste your Slack bot token here",
    "The API key for the service",
    "Clé API",
  ])("in a field described as %s", (description) => {
    expect(broken("Sign in", { value: { ...text, description } })).toEqual(["key"]);
    expect(broken("Sign in", { value: { ...text, title: description } })).toEqual(["key"]);
  });
});

describe("asks for something else", () => {
  it.each([
    "Your API token has expired. Why do you need it?",
    "The access token will be stored in your keychain. Choose a label.",
    "Enter a title for the secret",
    "Enter the environment variable that holds your API key",
    "Share feedback on the password reset flow",
    "Enter the name of the AWS credentials profile",
    "Enter your discount code",
    "Verify that the security code in the README is right",
    "Tell us about the secret of your success",
    "Bitte geben Sie den Namen des Projekts ein",
    "Indiquez le nom du fichier de mots de passe",
    "Introduzca la política de contraseñas",
    "We will never ask for your password. Please enter your email.",
  ])("%s", (message) => expect(broken(message)).toEqual([]));

  it.each([
    "keywords",
    "secretId",
    "tokenType",
    "public_key",
    "primary_key",
    "license_key",
    "pinned",
    "pincode",
    "seed",
  ])("in a field named %s", (name) => expect(broken("Fill this in", { [name]: text })).toEqual([]));
});

it("declines for the user, and the client never sees the form", () => {
  const params = { message: "Sign in", requestedSchema: { type: "object", properties: { password: text } } };
  const { forward, answers } = received({ jsonrpc: "2.0", id: "e1", method: "elicitation/create", params });
  expect(forward).toBeUndefined();
  expect(answers.map((each) => JSON.parse(Buffer.from(each).toString()))).toEqual([
    { jsonrpc: "2.0", id: "e1", result: { action: "decline" } },
  ]);
});

it("a megabyte of words takes linear time", () => {
  const started = performance.now();
  for (const piece of ["enter ", "password and ", "é", "密", "enter your code ", "not, "])
    broken(piece.repeat(100_000), { [piece.repeat(50_000)]: { ...text, title: piece.repeat(50_000) } });
  expect(performance.now() - started).toBeLessThan(5000);
});
