# The worker for NVIDIA GPUs. From the root of a checkout, once mvn -DskipTests package has built the worker:
#
#   docker build -f images/cuda.Dockerfile -t registry.example/isoflop-worker:VERSION-cu128 .
#
# It needs no base image with CUDA: the libraries are those of Python's packages, pinned by digest, and the driver is the
# node's. Pin both bases by digest where what was tested must be what runs: --build-arg DEBIAN=debian:bookworm-slim@sha256:...
ARG PYTHON=python:3.11-slim-bookworm
ARG DEBIAN=debian:bookworm-slim

FROM ${PYTHON} AS libraries
COPY operator/src/main/resources/dev/isoflop/operator/gpu/cuda-requirements.txt /tmp/
RUN pip install --no-cache-dir --no-deps --require-hashes --target /tmp/packages -r /tmp/cuda-requirements.txt
WORKDIR /opt/cuda
RUN mkdir torch \
 && mv /tmp/packages/torch/lib /tmp/packages/torch/version.py torch/ \
 && mv /tmp/packages/nvidia /tmp/packages/cusparselt /tmp/packages/*.dist-info . \
 && rm -rf nvidia/*/include torch/lib/libtorch_python.so torch/lib/libshm.so /tmp/packages
# The Java binding for them, where the worker looks for it: the root file system of a worker cannot be written to.
COPY worker/target/lib/pytorch-jni-*.jar /tmp/
RUN version=$(basename /tmp/pytorch-jni-*.jar .jar | sed 's/pytorch-jni-//') \
 && python -m zipfile -e /tmp/pytorch-jni-*.jar /tmp/jni \
 && install -D -m 644 /tmp/jni/jnilib/linux-x86_64/cu128/libdjl_torch.so \
      "/opt/isoflop/native/pytorch/${version%-*}-cu128-linux-x86_64/${version#*-}-libdjl_torch.so"

FROM ${DEBIAN}
# Slim images have no folders of manual pages, without which the Java packages cannot be configured.
RUN mkdir -p /usr/share/man/man1 \
 && apt-get update \
 && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends openjdk-17-jre-headless \
 && rm -rf /var/lib/apt/lists/*
COPY --from=libraries /opt/cuda /opt/cuda
COPY --from=libraries /opt/isoflop /opt/isoflop
COPY worker/target/lib /app/lib
COPY LICENSE worker/target/isoflop-worker.jar /app/
ENV PYTORCH_LIBRARY_PATH=/opt/cuda/torch/lib \
    PYTORCH_VERSION=2.7.1 \
    PYTORCH_FLAVOR=cu128 \
    DJL_CACHE_DIR=/opt/isoflop/native \
    DJL_OFFLINE=true \
    NVIDIA_DRIVER_CAPABILITIES=compute,utility
USER 10001:10001
WORKDIR /app
EXPOSE 9400
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=25", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError", "-cp", "/app/isoflop-worker.jar", "dev.isoflop.worker.Main"]
