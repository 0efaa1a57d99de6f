import { Text } from "ink";
import { memo, type ReactNode } from "react";
import type { Line } from "../line.ts";
import { styles } from "../theme.ts";

type Props = { line: Line; inverse?: boolean };

/** A line on the screen; an empty one keeps its place. */
export const LineView = memo(function LineView({ line, inverse = false }: Props): ReactNode {
  const spans = line.filter(({ text }) => text !== "");
  return (
    <Text wrap="truncate" inverse={inverse}>
      {spans.length === 0
        ? " "
        : spans.map(({ text, style }, place) => (
            <Text key={place} {...styles[style]}>
              {text}
            </Text>
          ))}
    </Text>
  );
});
