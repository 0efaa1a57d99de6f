import type { PhraseRule } from "../../text/phrases.ts";

/** Texts that make the model somebody else, or speak as somebody it obeys. */
export const persona: readonly PhraseRule[] = [
  {
    id: "you-are-now",
    family: "new-role",
    severity: "medium",
    says: "gives the model another role",
    patterns: ["you now are? a", "you are? now a", "now you are ~1 a"],
  },
  {
    id: "from-now-on",
    family: "new-role",
    severity: "medium",
    says: "sets how the model behaves from now on",
    patterns: [
      "from now-word on? ~2 you/act/ignore/must/all",
      "from this point ~1 on? ~2 you/act/ignore/must/all",
      "henceforth ~2 you/act/ignore/must/all",
    ],
  },
  {
    id: "act-as",
    family: "new-role",
    severity: "medium",
    says: "tells the model to act as somebody else",
    patterns: ["^ act as ~1 a", "please act as ~1 a", "you ~1 must ~2 act as", "act as ~2 jailbroken"],
  },
  {
    id: "jailbreak",
    family: "new-role",
    severity: "medium",
    says: "names a mode without the model's limits",
    patterns: ["jailbroken mode", "do anything now", "you ~2 jailbroken", "act ~4 without ~2 rule"],
  },
  {
    id: "fake-system",
    family: "authority",
    severity: "medium",
    says: "imitates the marks of a system message",
    patterns: ["mark ~~14 ignore/you/must/new/send/reveal/harm/not/run"],
  },
  {
    id: "addressed-to-model",
    family: "authority",
    severity: "medium",
    says: "speaks to the model that reads it",
    patterns: [
      "to-ai ~3 ai/ai-maybe ~1 reading",
      "ai/ai-maybe reading ~1 this",
      "ai ~1 must ~6 harm",
      "to-ai you ~1 are ~2 ai/ai-maybe",
      "^ hi ~2 ai",
      "^ hi ~2 ai-kind ai-maybe",
      "^ notice to/for ~2 ai",
      "^ notice to/for ~2 ai-kind ai-maybe",
      "this ~3 reading ~1 ai",
    ],
  },
  {
    id: "claimed-authority",
    family: "authority",
    severity: "medium",
    says: "claims the authority to give the model orders",
    patterns: [
      "i ~1 are? own ~1 boss",
      "boss ~3 i order-verb",
      "as ~2 boss ~2 i ~1 order-verb",
      "i ~1 boss ~4 order-verb",
    ],
  },
  {
    id: "claimed-approval",
    family: "authority",
    severity: "medium",
    says: "claims that the user has already agreed",
    patterns: ["user ~1 already ~1 approved", "user already already approved", "consent ~2 already ~1 approved"],
  },
  {
    id: "order-to-model",
    family: "execution",
    severity: "medium",
    says: "orders the model that reads it to act",
    patterns: [
      "hi ~2 ai ~2 harm/send",
      "to-ai ~3 ai ~3 : ~3 harm/send",
      "ai ~1 must-only ~3 harm/send",
      "to-ai you ~1 are ~2 ai ~3 harm/send",
    ],
  },
  {
    id: "run-download",
    family: "execution",
    severity: "medium",
    says: "wants a script from the net to be run",
    patterns: ["run ~4 shell ~8 url ~4 shell", "run ~6 shell ~8 url ~8 where-shell"],
  },
];
