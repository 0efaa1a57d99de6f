import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/** Proves that a form was written by this process: another site can make a browser send it, but cannot know it. */
export type FormToken = {
  /** The token of the form that decides about an item. */
  of(id: string): string;
  fits(id: string, token: string): boolean;
};

export function createFormToken(): FormToken {
  const secret = randomBytes(32);
  const of = (id: string): string => createHmac("sha256", secret).update(id).digest("base64url");
  const fits = (id: string, token: string): boolean => {
    const [expected, given] = [Buffer.from(of(id)), Buffer.from(token)];
    return expected.length === given.length && timingSafeEqual(expected, given);
  };
  return { of, fits };
}
