import { verdictGlyphs, type VerdictWord } from "../../../audit/feed/verdict.ts";
import { html, type Html } from "../html/html.ts";

/** What happened, as shape, word and colour. */
export function verdict(word: VerdictWord): Html {
  return html`<span class="verdict ${word}"
    ><span class="glyph" aria-hidden="true">${verdictGlyphs[word]}</span> ${word}</span
  >`;
}
