import type { Confidence } from "../../core/finding.ts";
import { hasChecksum } from "./checksum.ts";
import { format, type Format } from "./format.ts";
import { isMadeUp } from "./made-up.ts";

/** Keys to code hosts, package registries and the tools around them. */
export const codeFormats: readonly Format[] = [
  format({
    id: "github-token",
    title: "a GitHub token",
    words: ["ghp_", "gho_", "ghu_", "ghs_", "ghr_"],
    secret: /gh(?:[pous]_[A-Za-z0-9]{36}|r_[A-Za-z0-9]{76})/,
    judge: (token) => (token.startsWith("ghr_") ? unlessMadeUp(token) : byChecksum(token)),
  }),
  format({
    id: "github-fine-grained-token",
    title: "a fine-grained GitHub token",
    words: ["github_pat_"],
    secret: /github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}/,
  }),
  format({
    id: "gitlab-token",
    title: "a GitLab token",
    words: ["glpat-", "gldt-", "glrt-", "glptt-", "glcbt-", "gloas-", "glsoat-", "glagent-", "glimt-"],
    secret: /gl(?:pat|dt|rt|ptt|cbt|oas|soat|agent|imt)-[\w-]{20,300}(?:\.[0-9a-z]{2}\.?[0-9a-z]{7,9})?/,
  }),
  format({
    id: "npm-token",
    title: "an npm token",
    words: ["npm_"],
    secret: /npm_[A-Za-z0-9]{36}/,
    judge: byChecksum,
  }),
  format({
    id: "pypi-token",
    title: "a PyPI token",
    words: ["pypi-AgE"],
    secret: /pypi-AgE[\w-]{60,1000}/,
  }),
  format({
    id: "rubygems-key",
    title: "a RubyGems key",
    words: ["rubygems_"],
    secret: /rubygems_[a-f0-9]{48}/,
  }),
  format({
    id: "docker-token",
    title: "a Docker Hub token",
    words: ["dckr_pat_", "dckr_oat_"],
    secret: /dckr_[po]at_[\w-]{27,40}/,
  }),
  format({
    id: "atlassian-token",
    title: "an Atlassian token",
    words: ["ATATT3"],
    secret: /ATATT3[\w=-]{100,250}/,
  }),
  format({
    id: "linear-key",
    title: "a Linear API key",
    words: ["lin_api_"],
    secret: /lin_api_[A-Za-z0-9]{40}/,
  }),
  format({
    id: "notion-token",
    title: "a Notion token",
    words: ["ntn_"],
    secret: /ntn_\d{11}[A-Za-z0-9]{35}/,
  }),
  format({
    id: "sentry-token",
    title: "a Sentry token",
    words: ["sntrys_eyJ", "sntryu_"],
    secret: /sntry(?:s_eyJ[\w+/=-]{60,500}|u_[a-f0-9]{64})/,
  }),
  format({
    id: "grafana-token",
    title: "a Grafana service account token",
    words: ["glsa_"],
    secret: /glsa_[A-Za-z0-9]{32}_[A-Fa-f0-9]{8}/,
  }),
  format({
    id: "postman-key",
    title: "a Postman API key",
    words: ["PMAK-"],
    secret: /PMAK-[a-f0-9]{24}-[a-f0-9]{34}/,
  }),
  format({
    id: "figma-token",
    title: "a Figma token",
    words: ["figd_"],
    secret: /figd_[\w-]{40}/,
  }),
  format({
    id: "airtable-token",
    title: "an Airtable token",
    words: ["pat"],
    // Its second half opens the gate by itself.
    anchors: [],
    secret: /pat[A-Za-z0-9]{14}\.[a-f0-9]{64}/,
  }),
];

/** A token whose checksum fits is real; one whose checksum does not fit may be mistyped, or an example. */
function byChecksum(token: string): Confidence | undefined {
  if (hasChecksum(token.slice(4))) return "hard";
  return isMadeUp(token) ? undefined : "soft";
}

function unlessMadeUp(token: string): Confidence | undefined {
  return isMadeUp(token) ? undefined : "hard";
}
