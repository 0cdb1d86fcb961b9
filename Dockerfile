# The server and its page. The database is another container: see docker-compose.yml.

FROM node:24-bookworm-slim AS page
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY client client
COPY server server
RUN node --input-type=module \
  --eval "const { buildPage } = await import('./server/page-build.ts'); await buildPage('/app', console.log)"

FROM node:24-bookworm-slim
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# Optional are Node and Postgres for those who have neither; here both are given.
RUN npm ci --ignore-scripts --omit=dev --omit=optional && npm cache clean --force
COPY client client
COPY server server
COPY db db
COPY --from=page /app/dist dist
RUN install --directory --owner=node --group=node /data
USER node
ENV NODE_ENV=production \
  HOST=0.0.0.0 \
  DATA_DIR=/data
VOLUME /data
EXPOSE 7420
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
  CMD ["node", "--eval", "fetch('http://127.0.0.1:7420/ready').then(r => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# node itself, not npm: npm does not pass on the signal that asks it to stop.
CMD ["node", "server/main.ts"]
