/** Where the proxy has a route's page for logins. */
export function pagePath(word: string, route: string): string {
  return `/_mcpguard/oauth/${word}/${route}`;
}
