FROM rust:1.95-slim-bookworm AS build
RUN apt-get update \
    && apt-get install --yes --no-install-recommends pkg-config libssl-dev \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
# The caches outlive a build, so only what has changed is compiled; the binary must leave them to stay in the image.
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/src/target \
    cargo build --release --locked --bin signet && cp target/release/signet /usr/local/bin/signet

FROM debian:bookworm-slim
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates libssl3 \
    && rm -rf /var/lib/apt/lists/* \
    && groupadd --gid 10001 signet \
    && useradd --uid 10001 --gid signet --no-create-home --home-dir /data --shell /usr/sbin/nologin signet \
    && install --directory --owner=signet --group=signet --mode=0700 /data
COPY --from=build /usr/local/bin/signet /usr/local/bin/signet
ENV SIGNET__SERVER__LISTEN=0.0.0.0:8080 \
    SIGNET__DATA=/data
# By number, so that an orchestrator sees that it is not root.
USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s --retries=3 CMD ["signet", "healthcheck"]
ENTRYPOINT ["signet"]
CMD ["serve"]
