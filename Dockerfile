# The steps of the README in a container: make setup, make index, app.py.
#   docker compose up --build        or: docker build -t policyqa . && docker run -p 127.0.0.1:7860:7860 policyqa
FROM python:3.11-slim-bookworm

RUN apt-get update \
    && apt-get install --yes --no-install-recommends make \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --user-group --no-create-home --home-dir /data policyqa \
    && install --directory --owner=policyqa --group=policyqa /data

WORKDIR /opt/policyqa

# What decides about the installed packages comes first, so that a changed text or page installs nothing anew.
COPY pyproject.toml Makefile README.md LICENSE app.py ./
COPY ingest ingest
COPY index index
COPY bot bot
COPY eval eval
COPY web web
RUN make setup && .venv/bin/python -m compileall -q -j 0 app.py ingest index bot eval web

COPY corpus corpus

# All that is made while running lies in /data; the container listens, the host decides who may come.
ENV POLICYQA_HOME=/data HOST=0.0.0.0 PORT=7860
USER 10001
RUN make index
VOLUME /data
EXPOSE 7860

HEALTHCHECK --interval=30s --timeout=5s --start-period=120s --retries=3 \
    CMD [".venv/bin/python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:7860/readyz', timeout=4)"]

# The two commands of `make run`; exec, so that the service hears when it is to stop.
CMD ["sh", "-c", ".venv/bin/python -m index build || [ $? -eq 2 ] && exec .venv/bin/python app.py"]
