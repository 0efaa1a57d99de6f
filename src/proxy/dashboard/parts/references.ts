import { html, type Html } from "../html/html.ts";

/** Links to what others wrote; only addresses that our own detectors name come here. */
export function references(addresses: readonly string[]): Html {
  return html`${addresses.map((address) => html`<a href="${address}" rel="noreferrer noopener">${hostOf(address)}</a> `)}`;
}

function hostOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host : address;
}
