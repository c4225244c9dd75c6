#!/usr/bin/env bash
# What action.yml runs: finds a Python, brings up a private environment with the locked libraries
# under the runner's temp folder, and starts mentorship_action.action.step in it.
#
# It stands here and not in action.yml so that it can be linted and tested as a program. Whatever
# lies in the checkout is hostile: nothing is run from there, Python is isolated (-I) throughout,
# and the tools that install work from the temp folder, where no settings of a checkout reach them.
set -euo pipefail

here=${GITHUB_ACTION_PATH:-$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)}
lock=$here/requirements/runtime.txt
uv_lock=$here/requirements/uv.txt

# Outputs are set whatever happens next; the runner's file takes the last value of each.
printf '%s\n' ok=false error-count=0 findings-path= changes=0 remaining=0 report-path= site-path= \
  >>"${GITHUB_OUTPUT:-/dev/null}"

fail() { # exit code, what happened, how to fix it
  printf '::error title=mentorship::%s %s\n' "$2" "$3"
  printf '### The mentorship program could not run\n\n%s %s\n' "$2" "$3" \
    >>"${GITHUB_STEP_SUMMARY:-/dev/null}"
  exit "$1"
}

if [[ ${RUNNER_OS:-} == Windows ]]; then
  fail 3 'This action does not run on Windows.' \
    'Use "runs-on: ubuntu-latest". The command "mentorship validate" does run on Windows.'
fi

# The token is for our own program: pip, uv and what they start never see it.
token=${GITHUB_TOKEN:-}
unset GITHUB_TOKEN GH_TOKEN ACTIONS_RUNTIME_TOKEN ACTIONS_ID_TOKEN_REQUEST_TOKEN

temp=${RUNNER_TEMP:-}
[[ -n $temp ]] || temp=$(mktemp -d)
mkdir -p "$temp"

# Prints the first Python that runs, that the lock has wheels for, and that can make environments,
# and a key for its environment: one for each interpreter and set of libraries, so that a later
# step of the job, perhaps of another version of this action, never gets the wrong one. A version
# manager's stub that points nowhere fails here like a missing program. Returns 5 when the only
# Pythons that fit have no pip, which is needed where there is no uv.
find_python() {
  local candidate code=1
  for candidate in python3 python python3.14 python3.13 python3.12 python3.11 \
    "${RUNNER_TOOL_CACHE:-/nonexistent}"/Python/3.*/*/bin/python3; do
    if "$candidate" -I -S -c '
import sys
if not (3, 11) <= sys.version_info[:2] <= (3, 14) or sys.implementation.name != "cpython":
    sys.exit(1)
import sysconfig
if sysconfig.get_config_var("Py_GIL_DISABLED"):
    sys.exit(1)
import hashlib, importlib.util
if importlib.util.find_spec("venv") is None:
    sys.exit(1)
with open(sys.argv[1], "rb") as lock:
    seen = lock.read() + (sys.executable + sys.version).encode()
print(sys.executable, hashlib.sha256(seen).hexdigest()[:16], sep="\n")' "$lock" 2>/dev/null \
      >"$temp/mentorship-python"; then
      if has_installer "$candidate"; then
        cat "$temp/mentorship-python"
        return
      fi
      code=5
    fi
  done
  return "$code"
}

has_installer() { # python
  command -v uv >/dev/null || "$1" -I -c '
import importlib.util, sys
sys.exit(all(importlib.util.find_spec(name) is None for name in ("pip", "ensurepip")))' 2>/dev/null
}

# uv is ten times as quick as pip, and fetching it costs less than pip needs for the rest.
find_uv() { # python, folder
  if command -v uv; then return; fi
  if "$1" -I -m pip --disable-pip-version-check install --quiet --no-deps --no-compile \
    --root-user-action ignore --only-binary :all: --require-hashes --requirement "$uv_lock" \
    --target "$2" >&2; then
    echo "$2/bin/uv"
  else
    return 1
  fi
}

set_up() { # python, environment
  local uv
  if uv=$(find_uv "$1" "$2.uv") &&
    "$1" -I -m venv --without-pip "$2" &&
    "$uv" pip install --quiet --python "$2/bin/python" --no-deps --only-binary :all: \
      --require-hashes --requirement "$lock"; then
    return
  fi
  echo "uv could not do it; going on with pip, which takes longer."
  rm -rf "$2"
  "$1" -I -m venv "$2" &&
    "$2/bin/python" -I -m pip --disable-pip-version-check install --quiet --no-deps \
      --only-binary :all: --require-hashes --requirement "$lock"
}

cd "$temp"
echo '::group::Set up mentorship-action'
found=$(find_python) || {
  code=$?
  echo '::endgroup::'
  if ((code == 5)); then
    fail 4 'Python is there, but neither pip nor uv, which install the libraries.' \
      'Install python3-pip and python3-venv on this runner, or add a step with actions/setup-python before this one.'
  fi
  fail 4 'No Python from 3.11 to 3.14 was found on this runner.' \
    'Add a step with actions/setup-python before this one.'
}
python=${found%$'\n'*}
key=${found##*$'\n'}
environment=$temp/mentorship-env-$key
if [[ -e $environment/.complete ]]; then
  echo "The libraries are there from an earlier step: $environment"
else
  rm -rf "$environment"
  set_up "$python" "$environment" || {
    echo '::endgroup::'
    fail 4 'The libraries of mentorship-action could not be installed; the reason is above.' \
      'If the network failed, run the job again; behind a proxy, let the runner reach PyPI.'
  }
  touch "$environment/.complete"
  echo "The libraries are in $environment"
fi
echo '::endgroup::'

cd "${GITHUB_WORKSPACE:-$OLDPWD}"
# The action's folder comes last on the path: with `uses: ./` it is the checkout itself, and no
# file of it may stand in for a library.
GITHUB_TOKEN=$token exec "$environment/bin/python" -I -c '
import sys
sys.path.append(sys.argv.pop())
from mentorship_action.action.step import run_step
sys.exit(run_step())' "$here"
