/** Where a text stands, and so who will believe it. */
export type Role =
  | "tool-name"
  | "tool-description"
  | "tool-schema"
  | "tool-argument"
  | "tool-result"
  | "resource-uri"
  | "resource-content"
  | "prompt"
  | "instructions"
  | "sampling"
  | "elicitation"
  | "agent-card"
  | "agent-message"
  /** An address that the receiver fetches a file from. */
  | "fetched-url"
  /** An address that the receiver will report to. */
  | "callback-url"
  | "error-text"
  | "metadata";

/** A text that the model, or the user about to click, will read. */
export type Passage = {
  role: Role;
  /** JSON pointer into the message (RFC 6901); of a member name, the pointer of its value. */
  readonly at: string;
  text: string;
  /** True where the text is a member name rather than a value. */
  isKey: boolean;
  /** True where the text was decoded from base64: offsets into it say nothing about the message. */
  isDecoded?: boolean;
};
