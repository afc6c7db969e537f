# The dashboard as one container: docker build -t ms-als-side-by-side:0.2.0 .
# docs/hosting.md says how to run it read-only and behind a proxy.
FROM python:3.11.15-slim-bookworm

WORKDIR /srv/app

COPY requirements.txt constraints.txt ./
RUN python -m pip install --no-cache-dir --disable-pip-version-check -r requirements.txt -c constraints.txt

# .dockerignore lets in what the dashboard reads, and nothing else.
COPY . .
RUN python -m compileall -q app.py pages sidebyside

# The static edition, which the dashboard serves under /plain/. With --build-arg SITE=https://... it names that address.
ARG SITE=
RUN NUMBA_CACHE_DIR=/tmp/numba python -m sidebyside build ${SITE:+--address "$SITE/plain" --app "$SITE"} && rm -rf /tmp/numba

# The root is read-only when it runs: whatever is written goes to the temporary folder, the compiled simulation too.
ENV HOME=/tmp \
    NUMBA_CACHE_DIR=/tmp/numba \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    STREAMLIT_BROWSER_GATHER_USAGE_STATS=false \
    STREAMLIT_CLIENT_SHOW_ERROR_DETAILS=none \
    STREAMLIT_SERVER_ADDRESS=0.0.0.0 \
    STREAMLIT_SERVER_FILE_WATCHER_TYPE=none \
    STREAMLIT_SERVER_HEADLESS=true \
    STREAMLIT_SERVER_PORT=8501

USER 10001:10001
EXPOSE 8501
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import urllib.request as web; web.urlopen('http://127.0.0.1:8501/_stcore/health', timeout=4)"]
# With an address of its own, Streamlit does not ask another host for the public one.
CMD ["python", "-m", "streamlit", "run", "app.py", "--server.address=0.0.0.0"]
