# syntax=docker/dockerfile:1
#
#   docker build -t thousand-token-wood .                       the bot; its minds are rules, or a model server elsewhere
#   docker build -t thousand-token-wood:gpu --target gpu .      the bot with vLLM in it, for a machine with a CUDA GPU
#
# The rules are compiled for it (see .ci/wheel); what compiles them stays out of the image, or goes again.
# Nothing secret goes into an image: the token comes from the environment when a container starts (see compose.yaml).

# Debian 12 and Ubuntu 24.04 both have the C library that every wheel of requirements.lock asks for.
ARG PYTHON_IMAGE=python:3.12-slim-bookworm
# The *devel* image, because vLLM compiles some kernels when they are first used and needs nvcc and the headers for it.
# Its CUDA release (13.0) is the one that the locked torch was built with.
ARG CUDA_IMAGE=nvidia/cuda:13.0.1-devel-ubuntu24.04


FROM ${CUDA_IMAGE} AS gpu

# A C++ compiler and Python's headers: Triton builds its launchers on the spot, and the rules are compiled with them.
# tini reaps vLLM's worker processes.
# hadolint ignore=DL3008
RUN apt-get update \
    && DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends \
        g++ python3 python3-dev python3-venv tini \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --create-home wood \
    && install --directory --owner=wood /data /models \
    && python3 -m venv /opt/ttw

# The lock alone decides this layer, so that a change of the code does not download gigabytes again.
WORKDIR /src
COPY requirements.lock ./
RUN --mount=type=cache,target=/var/cache/pip \
    sed -e "s/extra == 'gpu'/python_version > '3'/" requirements.lock > gpu.lock \
    && /opt/ttw/bin/pip install --cache-dir /var/cache/pip --require-hashes --no-deps --requirement gpu.lock
COPY . .
RUN --mount=type=cache,target=/var/cache/pip \
    python3 -m venv /tmp/tools \
    && sed -e "s/extra == 'fast'/python_version > '3'/" requirements.lock > fast.lock \
    && /tmp/tools/bin/pip install --cache-dir /var/cache/pip --require-hashes --no-deps --requirement fast.lock \
    && .ci/wheel /tmp/tools/bin/python /tmp/wheel \
    && /opt/ttw/bin/pip install --no-deps /tmp/wheel/*.whl \
    && rm -rf /tmp/tools /tmp/wheel

ENV PATH=/opt/ttw/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    MPLCONFIGDIR=/tmp/matplotlib \
    HF_HOME=/models \
    VLLM_NO_USAGE_STATS=1 \
    TTW_DATABASE=/data/wood.sqlite3
USER 10001
WORKDIR /data
VOLUME ["/data", "/models"]
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=10s --start-period=2m --retries=3 CMD ["ttw", "health"]
ENTRYPOINT ["tini", "--", "ttw"]
CMD ["run"]


FROM ${PYTHON_IMAGE} AS build

# hadolint ignore=DL3008
RUN apt-get update \
    && DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends gcc libc6-dev \
    && rm -rf /var/lib/apt/lists/* \
    && python -m venv /opt/ttw \
    && python -m venv /opt/tools
WORKDIR /src
COPY requirements.lock ./
RUN --mount=type=cache,target=/var/cache/pip \
    sed -e "s/extra == 'fast'/python_version > '3'/" requirements.lock > fast.lock \
    && /opt/tools/bin/pip install --cache-dir /var/cache/pip --require-hashes --no-deps --requirement fast.lock \
    && /opt/ttw/bin/pip install --cache-dir /var/cache/pip --require-hashes --no-deps --requirement requirements.lock
COPY . .
RUN .ci/wheel /opt/tools/bin/python /opt/wheel && /opt/ttw/bin/pip install --no-deps /opt/wheel/*.whl


FROM ${PYTHON_IMAGE} AS bot

RUN useradd --system --uid 10001 --create-home wood && install --directory --owner=wood /data
COPY --from=build /opt/ttw /opt/ttw

ENV PATH=/opt/ttw/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    MPLCONFIGDIR=/tmp/matplotlib \
    TTW_DATABASE=/data/wood.sqlite3
USER 10001
WORKDIR /data
VOLUME ["/data"]
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=10s --start-period=1m --retries=3 CMD ["ttw", "health"]
ENTRYPOINT ["ttw"]
CMD ["run"]
