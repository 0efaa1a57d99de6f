import type { Detector, Example } from "../../core/detector.ts";
import type { JsonObject } from "../../core/json.ts";
import { answer } from "./messages.ts";

type About = Pick<Example, "title" | "expect">;

const text = (more: JsonObject = {}): JsonObject => ({ type: "string", ...more });
const params = (message: string, properties: JsonObject): JsonObject => ({
  message,
  requestedSchema: { type: "object", properties },
});

/** A form that the server sends while a tool runs. */
function form(message: string, properties: JsonObject, about: About): Example {
  const sent = { jsonrpc: "2.0", id: 3, method: "elicitation/create", params: params(message, properties) };
  return { ...about, direction: "to-client", message: sent };
}

const rule = (name: string): Pick<Example, "expect"> => ({ expect: { rule: name, confidence: "hard" } });

export const examples: Detector["examples"] = {
  bad: [
    form("Sign in", { user: text(), password: text() }, { title: "a password field", ...rule("password") }),
    form(
      "Please enter your GitHub password to continue.",
      { value: text() },
      { title: "asked for in the message", ...rule("password") },
    ),
    form("Connect", { openaiApiKey: text() }, { title: "an API key in camel case", ...rule("key") }),
    form(
      "Connect",
      { value: text({ title: "Personal access token" }) },
      { title: "a token by its title", ...rule("key") },
    ),
    form(
      "Restore your wallet",
      { words: text({ description: "Your 12-word seed phrase" }) },
      { title: "a seed phrase", ...rule("key") },
    ),
    form("Pay", { card_number: { type: "integer" }, name: text() }, { title: "a card number", ...rule("card") }),
    form("Pay", { cvc: text() }, { title: "the code of a card", ...rule("card") }),
    form(
      "Type in the verification code we have sent you.",
      { code: text() },
      { title: "a one-time code", ...rule("code") },
    ),
    form("Confirm", { pin: { type: "number" } }, { title: "a PIN", ...rule("code") }),
    form("Password required", { answer: text() }, { title: "in two words", ...rule("password") }),
    form(
      "Please provide your user name and password.",
      { both: text() },
      { title: "the second of two", ...rule("password") },
    ),
    form("Bitte geben Sie Ihr Passwort ein.", { wert: text() }, { title: "in German", ...rule("password") }),
    form("Veuillez saisir votre mot de passe.", { valeur: text() }, { title: "in French", ...rule("password") }),
    form("Introduzca su contraseña.", { valor: text() }, { title: "in Spanish", ...rule("password") }),
    form("请输入您的密码", { value: text() }, { title: "in Chinese", ...rule("password") }),
    form("続けるにはAPIキーを入力してください", { value: text() }, { title: "in Japanese", ...rule("key") }),
    form("Введите код подтверждения", { value: text() }, { title: "in Russian", ...rule("code") }),
    form("Enter your pass\u200bword", { value: text() }, { title: "with a zero-width space", ...rule("password") }),
    answer(
      "tools/call",
      { name: "deploy" },
      {
        resultType: "input_required",
        inputRequests: { login: { method: "elicitation/create", params: params("Sign in", { secret: text() }) } },
      },
      {
        title: "within a result",
        expect: { rule: "key", at: "/result/inputRequests/login/params/requestedSchema/properties/secret" },
      },
    ),
    {
      title: "within an error, as a page and a form at once",
      direction: "to-client",
      message: {
        jsonrpc: "2.0",
        id: 7,
        error: {
          code: -32042,
          message: "Sign in",
          data: { elicitations: [{ mode: "url", url: "https://a.example/", ...params("", { passphrase: text() }) }] },
        },
      },
      ...rule("password"),
    },
  ],
  good: [
    form("Who are you?", { name: text(), email: text({ format: "email" }) }, { title: "name and e-mail" }),
    form("Which topic?", { topic: text({ enum: ["Password policy", "API keys"] }) }, { title: "a choice of topics" }),
    form(
      "How many tokens?",
      { max_tokens: { type: "integer" }, n: text({ title: "Number of tokens" }) },
      { title: "a number of tokens" },
    ),
    form("Rotate the API key now?", { confirm: { type: "boolean" } }, { title: "yes or no" }),
    form("Name the new secret.", { secret_name: text(), description: text() }, { title: "the name of a secret" }),
    form(
      "Set the rules",
      { password_policy: text(), passwordLength: { type: "integer" } },
      { title: "rules for passwords" },
    ),
    form(
      "Where is your key?",
      { private_key_path: text({ title: "Path to the private key" }) },
      { title: "the path of a key" },
    ),
    form("Never enter your password here. Which project?", { project: text() }, { title: "a warning" }),
    form("Where do we send it?", { zip_code: text(), country_code: text() }, { title: "an address" }),
    form(
      "Which pin?",
      { pin: { type: "integer", description: "GPIO pin on the board" } },
      { title: "a pin of a board" },
    ),
    form("Swap", { token: text({ title: "Token symbol" }), amount: { type: "number" } }, { title: "a coin" }),
    form("Pick a page", { page_token: text(), next_token: text() }, { title: "tokens of a list" }),
    form("Choisissez", { valeur: text({ title: "Politique de mot de passe" }) }, { title: "rules in French" }),
    form("设置密码策略", { value: text({ title: "密码长度" }) }, { title: "rules in Chinese" }),
    {
      title: "a page of the server's own",
      direction: "to-client",
      message: {
        jsonrpc: "2.0",
        id: 3,
        method: "elicitation/create",
        params: {
          mode: "url",
          elicitationId: "e",
          url: "https://auth.example.com/",
          message: "Enter your password there.",
        },
      },
    },
  ],
};
