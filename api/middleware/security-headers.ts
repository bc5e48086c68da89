import { secureHeaders } from 'hono/secure-headers';

const NONE = ["'none'"];

/** Nothing that the API answers is a page, but for the documentation: that has a policy of its own. */
export function securityHeaders() {
  return secureHeaders({
    contentSecurityPolicy: { defaultSrc: NONE, frameAncestors: NONE, baseUri: NONE, formAction: NONE },
    xFrameOptions: 'DENY',
    overwrite: false,
  });
}

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
