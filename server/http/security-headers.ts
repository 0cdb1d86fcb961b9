import { type Edge, ownUrl } from '../course/edge.ts';
import type { Incoming } from '../course/port.ts';

// What a browser is told about every answer. Everything is forbidden but what the page uses: its own
// scripts, its own sockets, and styles in text, because xterm.js writes them (hence 'unsafe-inline').

export const securityHeaders = (incoming: Incoming, edge: Edge): Record<string, string> => {
  const own = ownUrl(incoming, edge);
  const secure = own?.startsWith('https:') ?? false;
  return {
    'content-security-policy': contentPolicy(own),
    'x-content-type-options': 'nosniff',
    // The tokens of links stand in addresses, so no address may leave.
    'referrer-policy': 'no-referrer',
    'x-frame-options': 'DENY',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
    // Browsers ignore these two, with a warning, where the address is not secure.
    ...(secure
      ? {
          'cross-origin-opener-policy': 'same-origin',
          'strict-transport-security': 'max-age=15552000',
        }
      : {}),
  };
};

const contentPolicy = (own: string | null): string => {
  // 'self' names the page's own sockets too, but not in every browser of a school.
  const sockets = own === null ? '' : ` ${own.replace(/^http/, 'ws')}`;
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self'${sockets}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
};
