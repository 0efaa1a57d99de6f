# The gateway in front of MCP servers and A2A agents: docs/proxy.md
FROM node:24-bookworm-slim AS build
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY build.js ./
COPY bin ./bin
COPY src ./src
RUN node build.js

FROM node:24-bookworm-slim
ENV NODE_ENV=production \
    MCPGUARD_HOME=/data \
    MCPGUARD_HOST=0.0.0.0 \
    MCPGUARD_PORT=8080
WORKDIR /app
COPY package.json LICENSE ./
COPY --from=build /build/bin ./bin
COPY --from=build /build/dist ./dist
# For stdio servers that are started by name.
RUN ln -s /app/bin/mcpguard.js /usr/local/bin/mcpguard \
    && mkdir -m 0700 /data \
    && chown node:node /data
USER node
VOLUME /data
EXPOSE 8080
# Goes by the variables, so set port and certificate with these; the certificate may be for another name.
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s \
  CMD ["node", "-e", "const { MCPGUARD_TLS_CERT: tls, MCPGUARD_PORT: port } = process.env; require(tls ? 'https' : 'http').get({ host: '127.0.0.1', port, path: '/health', rejectUnauthorized: false }, ({ statusCode }) => process.exit(statusCode === 200 ? 0 : 1)).on('error', () => process.exit(1))"]
ENTRYPOINT ["mcpguard"]
CMD ["proxy"]
