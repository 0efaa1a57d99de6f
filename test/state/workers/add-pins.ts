import { addPins } from "../../../src/state/pins.ts";

const [home = "", key = "", writer = ""] = process.argv.slice(2);
for (let i = 0; i < 25; i++) {
  addPins(home, key, [
    { kind: "tool", name: `own-${writer}-${i}`, form: writer },
    { kind: "tool", name: `shared-${i}`, form: writer },
  ]);
}
