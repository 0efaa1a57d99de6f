export type PathKind = "credentials" | "system";

/** Folders whose whole content is confidential, wherever they stand. */
const folders = new Set([".git", ".ssh", ".aws", ".azure", ".gnupg", ".kube", ".password-store", "keychains"]);
/** The same, except on the web, where pages have such names. */
const likelyFolders = new Set(["secrets", "credentials"]);

/** The ends of paths that lead to passwords, keys and what else opens a door. */
const files = [
  /\/\.env(?:\.(?!example$|sample$|template$|dist$|defaults?$)[\w.-]+)?$/,
  /\/\.(?:npmrc|yarnrc\.yml|pypirc|pgpass|my\.cnf|htpasswd|git-credentials|vault-token|s3cfg|boto)$|\/[._]netrc$/,
  /\/id_(?:rsa|dsa|ecdsa|ed25519)(?:_\w+)?$|\/ssh_host_\w+_key$/,
  /\.(?:pem|p12|pfx|p8|kdbx|keystore|jks|ppk)$|\/(?:[\w-]+[._-])?(?:server|private|tls|ssl|master)\.key$/,
  /\/(?:(?:application_default|gcp|aws)[_-])?credentials\.\w+$|\/secrets?\.\w+$/,
  /\/client_secrets?[\w.-]*\.json$|\/service[_-]?account[\w.-]*\.json$/,
  /\/etc\/(?:passwd|shadow|gshadow|master\.passwd|sudoers)-?$|\/etc\/sudoers\.d\/[^/]+$/,
  /\/etc\/kubernetes\/[\w-]+\.conf$|\/kubeconfig$|\/terraform\.tfstate(?:\.backup)?$/,
  /\/\.docker\/config\.json$|\/\.config\/gh\/hosts\.yml$|\/\.config\/gcloud\/\w+\.db$/,
  /\/\.(?:bash|zsh|python|psql|mysql|node_repl)_history$|\/system32\/config\/(?:sam|security|system)$/,
  // What browsers keep.
  /\/(?:logins\.json|key4\.db|signons\.sqlite|cookies\.sqlite|login data|web data)$/,
  /\/(?:chrome|chromium|google-chrome|edge|brave-browser|user data)\/(?:[^/]{1,64}\/){0,3}cookies$/,
];

const system = /^(?:\/[a-z]:)?\/(?:proc|sys|dev\/(?:mem|kmem|port|sd\w*|nvme\w*|disk))(?:\/|$)/;

/**
 * What a plain path in lower case leads to, judged by whole segments: a page about secrets is none.
 * @param isWeb true for addresses on the web, where the names of folders say less
 */
export function pathKind(path: string, isWeb: boolean): PathKind | undefined {
  if (!isWeb && system.test(path)) return "system";
  const end = path.slice(-256);
  if (files.some((file) => file.test(end))) return "credentials";
  const isConfidential = path
    .split("/")
    .some((segment) => folders.has(segment) || (!isWeb && likelyFolders.has(segment)));
  return isConfidential ? "credentials" : undefined;
}
