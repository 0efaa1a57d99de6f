import { isMap, isNode, isScalar, isSeq } from "yaml";
import { spotKey, type Path, type Spots } from "./spots.ts";

/** Where each member of a YAML document stands. Aliased members count at the alias. */
export function yamlSpots(root: unknown): Spots {
  const spots: Spots = new Map();
  const visit = (node: unknown, path: Path, keyAt: number): void => {
    const value = (isNode(node) ? node.range?.[0] : undefined) ?? keyAt;
    spots.set(spotKey(path), { key: path.length === 0 ? value : keyAt, value });
    if (isSeq(node)) {
      node.items.forEach((item, index) => visit(item, [...path, index], offsetOf(item) ?? value));
    } else if (isMap(node)) {
      for (const { key, value: member } of node.items) {
        const name = String(isScalar(key) ? key.value : key);
        visit(member, [...path, name], offsetOf(key) ?? value);
      }
    }
  };
  visit(root, [], 0);
  return spots;
}

function offsetOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}
