# Sourced by mvnw and mlops: sets JAVA_HOME to a JDK of at least 21, or says what is missing and exits 3.

jdk_release() { # prints the feature release of the JDK in $1, nothing when it is none
  [ -x "$1/bin/javac" ] || return 0
  if [ -r "$1/release" ]; then
    sed -n 's/^JAVA_VERSION="\(1\.\)\{0,1\}\([0-9]*\).*/\2/p' "$1/release"
  else
    "$1/bin/javac" -version 2>&1 | sed -n 's/^javac \(1\.\)\{0,1\}\([0-9]*\).*/\2/p'
  fi
}

jdk_home_of() { # prints the home of the java or javac in $1, links followed
  jdk_tool=$(command -v "$1" 2>/dev/null) || return 0
  while [ -L "$jdk_tool" ]; do
    jdk_link=$(readlink "$jdk_tool")
    case $jdk_link in /*) jdk_tool=$jdk_link ;; *) jdk_tool=$(dirname "$jdk_tool")/$jdk_link ;; esac
  done
  dirname "$(dirname "$jdk_tool")"
}

find_jdk() {
  jdk_wanted=21
  jdk_seen=
  for jdk_home in "${MLOPS_JAVA_HOME:-}" "${JAVA_HOME:-}" "$(jdk_home_of javac)" "${JDK_HOME:-}" \
    /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "${HOME:-/nonexistent}"/.sdkman/candidates/java/* "${HOME:-/nonexistent}"/.jdks/* "${HOME:-/nonexistent}"/.asdf/installs/java/*; do
    [ -n "$jdk_home" ] || continue
    jdk_found=$(jdk_release "$jdk_home")
    [ -n "$jdk_found" ] || continue
    if [ "$jdk_found" -ge "$jdk_wanted" ]; then
      JAVA_HOME=$jdk_home
      export JAVA_HOME
      return 0
    fi
    jdk_seen="$jdk_seen
  $jdk_home is JDK $jdk_found"
  done
  {
    echo "unity-mlops needs a JDK $jdk_wanted or newer; none was found."
    [ -z "$jdk_seen" ] || echo "Found, but too old:$jdk_seen"
    echo "Install one (for example Temurin or your system's openjdk-21-jdk), or set MLOPS_JAVA_HOME to the folder that holds its bin/javac."
  } >&2
  exit 3
}
