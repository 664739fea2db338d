import { createHmac } from 'node:crypto';

/**
 * The same token as the test PDS itself would have signed it three hours ago, which is over: an
 * access token lives for two.
 */
export function expireToken(token: string, jwtSecret: string): string {
  const [header = '', payload = ''] = token.split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
  const nowSeconds = Math.floor(Date.now() / 1000);
  const past = { ...claims, iat: nowSeconds - 3 * 3600, exp: nowSeconds - 3600 };
  const signed = `${header}.${Buffer.from(JSON.stringify(past)).toString('base64url')}`;
  return `${signed}.${createHmac('sha256', jwtSecret).update(signed).digest('base64url')}`;
}
