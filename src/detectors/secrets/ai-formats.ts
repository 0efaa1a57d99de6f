import { format, type Format } from "./format.ts";
import { isMadeUp } from "./made-up.ts";

/** Keys to services that run models. */
export const aiFormats: readonly Format[] = [
  format({
    id: "anthropic-key",
    title: "an Anthropic key",
    words: ["sk-ant-"],
    secret: /sk-ant-[a-z]{2,6}\d{2}-[\w-]{32,120}/,
  }),
  format({
    id: "openai-key",
    title: "an OpenAI key",
    words: ["sk-"],
    anchors: ["sk-proj-", "sk-svcacct-", "sk-admin-", "t3blbkfj"],
    secret: /sk-(?:(?:proj|svcacct|admin)-[\w-]{32,200}|[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20})/,
  }),
  format({
    id: "openrouter-key",
    title: "an OpenRouter key",
    words: ["sk-or-v1-"],
    secret: /sk-or-v1-[a-f0-9]{64}/,
  }),
  format({
    id: "model-api-key",
    title: "what looks like an API key",
    words: ["sk-"],
    // As a word of its own: "task-" and "disk-" are none.
    anchors: [[["sk"]]],
    secret: /sk-[A-Za-z0-9]{32,64}/,
    judge: (key) => (isMadeUp(key) || !/\d/.test(key) ? undefined : "soft"),
  }),
  format({
    id: "huggingface-token",
    title: "a Hugging Face token",
    words: ["hf_"],
    secret: /hf_[A-Za-z0-9]{34}/,
  }),
  format({
    id: "groq-key",
    title: "a Groq key",
    words: ["gsk_"],
    secret: /gsk_[A-Za-z0-9]{52}/,
  }),
  format({
    id: "xai-key",
    title: "an xAI key",
    words: ["xai-"],
    secret: /xai-[A-Za-z0-9]{80}/,
  }),
  format({
    id: "perplexity-key",
    title: "a Perplexity key",
    words: ["pplx-"],
    secret: /pplx-[A-Za-z0-9]{48}/,
  }),
  format({
    id: "replicate-token",
    title: "a Replicate token",
    words: ["r8_"],
    secret: /r8_[A-Za-z0-9]{37}/,
  }),
  format({
    id: "langsmith-key",
    title: "a LangSmith key",
    words: ["lsv2_pt_", "lsv2_sk_"],
    secret: /lsv2_(?:pt|sk)_[a-f0-9]{32}_[a-f0-9]{10}/,
  }),
];
