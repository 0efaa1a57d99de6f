/** Deeper places count as this ancestor: a sender chooses the depth, and each finding has its pointer. */
const MAX_DEPTH = 100;

/** A place in a message; its pointer is written out only for findings. */
export class Place {
  readonly parent: Place | undefined;
  readonly step: string | number;
  readonly depth: number;
  #pointer: string | undefined;

  constructor(parent: Place | undefined, step: string | number) {
    this.parent = parent;
    this.step = step;
    this.depth = parent === undefined ? 0 : parent.depth + 1;
  }

  below(step: string | number): Place {
    return this.depth < MAX_DEPTH ? new Place(this, step) : this;
  }

  /** RFC 6901. */
  get pointer(): string {
    this.#pointer ??= pointerOf(this);
    return this.#pointer;
  }
}

function pointerOf(leaf: Place): string {
  const steps: string[] = [];
  for (let place = leaf; place.parent !== undefined; place = place.parent) {
    steps.push(String(place.step).replaceAll("~", "~0").replaceAll("/", "~1"));
  }
  return steps.length === 0 ? "" : `/${steps.reverse().join("/")}`;
}
