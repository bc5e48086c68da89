import { secureHeaders } from 'hono/secure-headers';

const NONE = ["'none'"];

/** What Swagger UI needs: its own files, images it carries inline, and calls to this very API. */
export function docsSecurityHeaders() {
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: NONE,
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'", 'data:'],
      connectSrc: ["'self'"],
      frameAncestors: NONE,
      baseUri: NONE,
      formAction: NONE,
    },
    xFrameOptions: 'DENY',
  });
}

/** Its own files, and calls to this very API. No text ever becomes markup or script: there is no way to make it so. */
export function pageSecurityHeaders() {
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: NONE,
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'"],
      connectSrc: ["'self'"],
      frameAncestors: NONE,
      baseUri: NONE,
      formAction: NONE,
      requireTrustedTypesFor: ["'script'"],
      trustedTypes: NONE,
    },
    xFrameOptions: 'DENY',
  });
}
