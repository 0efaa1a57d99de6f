import { removeItems } from "../../protocols/json/remove-items.ts";
import { decode, spansOf, type JsonSpan, type Member } from "../../protocols/json/spans.ts";
import { splice, type Splice } from "../../protocols/json/splice.ts";
import { Interfaces, type Placed } from "./interfaces.ts";

export type CardRewriting = {
  /** Finds a place below the mount. */
  place(address: string): Placed;
  /** The proxy's own address of the mount, without a slash at the end. */
  base: string;
  /** Leave gRPC interfaces, which the proxy cannot carry, as they are. */
  keepGrpc: boolean;
};

/** An interface that the client is not shown. */
export type DroppedInterface = { url: string; reason: string };

export type RewrittenCard = { bytes: Uint8Array; dropped: DroppedInterface[] };

/**
 * A card whose interfaces are the proxy's and whose signatures are gone (other addresses are not
 * what was signed); all other bytes as they came. Names count in any case and with underscores, and
 * twice given members twice: some client would read them. `isAnswer` where the card is the result of
 * a JSON-RPC message.
 */
export function rewriteCard(bytes: Uint8Array, isAnswer: boolean, rewriting: CardRewriting): RewrittenCard {
  const root = spansOf(bytes);
  const cards = isAnswer ? named(root, "result").map(({ value }) => value) : [root];
  const writer = new CardWriter(bytes, rewriting);
  for (const card of cards) writer.card(card);
  return { bytes: splice(bytes, writer.splices), dropped: writer.dropped };
}

/** What becomes of one interface. */
type Fate = { binding: Member | undefined; url: string } | "dropped" | "kept";

class CardWriter {
  readonly splices: Splice[] = [];
  readonly dropped: DroppedInterface[] = [];
  readonly #bytes: Uint8Array;
  readonly #rewriting: CardRewriting;

  constructor(bytes: Uint8Array, rewriting: CardRewriting) {
    this.#bytes = bytes;
    this.#rewriting = rewriting;
  }

  card(card: JsonSpan): void {
    const others = ["supportedinterfaces", "additionalinterfaces"]
      .flatMap((name) => named(card, name))
      .flatMap(({ value }) => this.#list(value));
    this.#main(card, others);
    this.#removeMembers(card, "signatures");
  }

  /** 0.2 and 0.3 have one address in the card itself; where it must go, another interface takes its place. */
  #main(card: JsonSpan, others: readonly Fate[]): void {
    const transport = named(card, "preferredtransport").at(-1);
    const fate = this.#fateOf(named(card, "url"), transport);
    if (fate !== "dropped") return;
    const next = others.find((other) => typeof other === "object");
    const url = next?.url ?? this.#rewriting.base + Interfaces.nowhere;
    for (const { value } of named(card, "url")) this.#replace(value, JSON.stringify(url));
    if (next?.binding === undefined) return;
    const { start, end } = next.binding.value;
    for (const { value } of named(card, "preferredtransport")) this.#replace(value, decode(this.#bytes, start, end));
  }

  #list(list: JsonSpan): Fate[] {
    const fates = (list.items ?? []).map((item) => {
      const binding = [...named(item, "protocolbinding"), ...named(item, "transport")].at(-1);
      return this.#fateOf(named(item, "url"), binding);
    });
    const gone = new Set(fates.flatMap((fate, index) => (fate === "dropped" ? index : [])));
    this.splices.push(...removeItems(list, gone));
    return fates;
  }

  /** Puts the proxy's address in place of an interface's, or says that it has to go. */
  #fateOf(urls: readonly Member[], binding: Member | undefined): Fate {
    const [given] = urls.flatMap(({ value }) => this.#text(value) ?? []);
    if (given === undefined || given === "") return "kept";
    const isGrpc = binding !== undefined && /grpc/i.test(this.#text(binding.value) ?? "");
    if (isGrpc && this.#rewriting.keepGrpc) return "kept";
    let url = "";
    for (const { value } of urls) {
      const address = this.#text(value);
      const placed = isGrpc ? grpc : this.#rewriting.place(address ?? "");
      if ("dropped" in placed) {
        this.dropped.push({ url: address ?? "", reason: placed.dropped });
        return "dropped";
      }
      url = this.#rewriting.base + placed.path;
      this.#replace(value, JSON.stringify(url));
    }
    return { binding, url };
  }

  #removeMembers(card: JsonSpan, name: string): void {
    const members = card.members ?? [];
    const gone = new Set(members.flatMap(({ key }, index) => (folded(key) === name ? index : [])));
    const items = members.map(({ keyStart, value }) => spanOf(keyStart, value.end));
    this.splices.push(...removeItems({ ...spanOf(card.start, card.end), items }, gone));
  }

  #replace({ start, end }: JsonSpan, replacement: string): void {
    this.splices.push({ start, end, replacement });
  }

  #text({ start, end }: JsonSpan): string | undefined {
    if (this.#bytes[start] !== 0x22) return undefined;
    const value: unknown = JSON.parse(decode(this.#bytes, start, end));
    return typeof value === "string" ? value : undefined;
  }
}

function spanOf(start: number, end: number): JsonSpan {
  return { start, end, members: undefined, items: undefined };
}

const grpc: Placed = { dropped: "gRPC cannot be inspected" };

function named({ members = [] }: JsonSpan, name: string): Member[] {
  return members.filter(({ key }) => folded(key) === name);
}

/** As receivers read names that ignore case, or take protocol buffers' other spelling. */
function folded(key: string): string {
  return key.replaceAll("_", "").toLowerCase();
}
