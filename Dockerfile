# Showstopper as an image: built with all tools, run with none of them, by a user without rights, on a read-only root.
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
# no script of a package is needed here, and the page is built below
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY tsconfig.json vite.config.ts ./
COPY build ./build
COPY src ./src
RUN npm run build

FROM node:24-bookworm-slim
LABEL org.opencontainers.image.title="showstopper" \
      org.opencontainers.image.description="A ticketing upstream that fails on cue." \
      org.opencontainers.image.licenses="MIT"
WORKDIR /app
COPY package.json LICENSE ./
COPY --from=build /app/dist ./dist
COPY faults ./faults
# Admin on 0.0.0.0 wants SHOWSTOPPER_ADMIN_TOKEN, or SHOWSTOPPER_ADMIN_OPEN=true; without either it refuses to start.
ENV NODE_ENV=production \
    SHOWSTOPPER_HOST=0.0.0.0 \
    SHOWSTOPPER_ADMIN_HOST=0.0.0.0
EXPOSE 8080 9190
USER 1000:1000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=5s --timeout=3s --start-period=10s --retries=2 CMD ["node", "dist/cli/health-check.js"]
ENTRYPOINT ["node", "dist/bin/main.js"]
CMD ["serve"]
