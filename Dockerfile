# Production dependencies, installed apart so that npm's cache stays out of the image.
FROM node:24-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev

FROM node:24-slim
ENV NODE_ENV=production \
    PAPERBOY_DATA=/data \
    PAPERBOY_HTTP_HOST=0.0.0.0 \
    PAPERBOY_HTTP_PORT=8080 \
    NODE_COMPILE_CACHE=/tmp/paperboy-cache
# Settings are read from /app/paperboy.yaml, where there is one: mount it there, read-only.
WORKDIR /app
COPY --from=dependencies /app/node_modules ./node_modules
COPY package.json LICENSE ./
COPY bin ./bin
COPY src ./src
COPY commands ./commands
COPY formatters ./formatters
COPY issues ./issues
COPY schema ./schema
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
# /healthz, /readyz and /metrics; open to whom the port is published to, so publish it with care.
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=10s --start-period=10s CMD ["node", "bin/paperboy.js", "health"]
# Node directly, so that signals reach it and the post in hand is finished. A small young generation
# saves some 40 MB, and costs a service that mostly waits nothing.
CMD ["node", "--max-semi-space-size=4", "bin/paperboy.js", "start"]
