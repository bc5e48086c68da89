# One file, two images: docker build --target api . and docker build --target worker .
# An image pinned by digest can stand in for the tag: --build-arg BASE_IMAGE=node:24-bookworm-slim@sha256:…
ARG BASE_IMAGE=node:24-bookworm-slim
ARG BUILD_IMAGE=${BASE_IMAGE}

# The bundle is the same for each platform: it is built once, on the machine's own.
FROM --platform=${BUILDPLATFORM} ${BUILD_IMAGE} AS build
WORKDIR /src
COPY package.json package-lock.json ./
RUN npm ci
COPY tsconfig.json ./
COPY api api
COPY worker worker
COPY shared shared
COPY scripts/*.ts scripts/
# All that the build made is the api's, but the worker's bundle: what it comes to serve needs no line here.
RUN npm run build \
  && mkdir worker-dist && mv dist/worker.* worker-dist/ && cp dist/package.json worker-dist/

FROM ${BASE_IMAGE} AS service
ENV NODE_ENV=production NODE_OPTIONS=--enable-source-maps
WORKDIR /app
# Owned by root: the user below may read all of it, and write none.
COPY scripts/image/health-check.mjs ./
# A number, so that a runtime which forbids root can tell.
USER 10001:10001
# Where the root is read-only, this alone may be written to; a runtime mounts something here.
VOLUME /tmp

FROM service AS api
COPY --from=build /src/dist ./
EXPOSE 8080
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s CMD ["node", "/app/health-check.mjs", "8080"]
# By itself, V8 makes its heap the smaller the less memory there is: of a task of 512 MB, one megabyte is for what is
# new, which makes a poll three times as expensive. So both commands say how large that may get, and how far the rest may
# grow between two collections; docs/performance.md has what it saves.
CMD ["node", "--max-semi-space-size=32", "--heap-growing-percent=100", "/app/api.js"]

FROM service AS worker
COPY --from=build /src/worker-dist ./
EXPOSE 9090
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s CMD ["node", "/app/health-check.mjs", "9090"]
CMD ["node", "--max-semi-space-size=32", "--heap-growing-percent=100", "/app/worker.js"]
