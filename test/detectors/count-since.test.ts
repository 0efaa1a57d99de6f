import fc from "fast-check";
import { expect, test } from "vitest";
import { countSince } from "../../src/detectors/calls/count-since.ts";

test("as many times as lie after a moment, whatever the times", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(50)), fc.integer({ min: -2, max: 60 }), (times, since) => {
      const inOrder = times.toSorted((a, b) => a - b);
      expect(countSince(inOrder, since)).toBe(inOrder.filter((time) => time > since).length);
    }),
  );
});
