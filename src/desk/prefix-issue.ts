/** A title with its issue: "#7 Alpha". One that names the issue itself says it once: "Digest of #7". */
export function prefixIssue(issue: number, title: string): string {
  return /^(?:Digest|News) of #\d+$/.test(title) ? title : `#${issue} ${title}`;
}
