"""Shells that complete a command line and say what they would offer."""
import os
import pathlib
import pty
import select
import subprocess
import tempfile
import time


def values_only(matches, line):
    """Of `--html=report` the `report`, as some shells offer the whole word; `/` and blanks aside."""
    word = line.split(" ")[-1]
    start = word[:word.index("=") + 1] if "=" in word else ""
    return [match.removeprefix(start).rstrip("/ ").removesuffix("=") if start or
            match.startswith("-") else match.rstrip("/ ") for match in matches]


class Bash:
    lists_short_options = True
    # What readline does before it calls the function of `complete -F`: it splits words at "=" too.
    SCRIPT = r"""
source "$1" || exit
[[ $(complete -p pycore-report) == *"-F _pycore_report "* ]] || exit
line=$2
read -ra COMP_WORDS <<<"${line//=/ = }"
[[ $line == *[\ =] ]] && COMP_WORDS+=("")
[[ $line == *= ]] && unset 'COMP_WORDS[-1]'
COMP_LINE=$line COMP_POINT=${#line} COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
_pycore_report pycore-report "${COMP_WORDS[-1]}" "${COMP_WORDS[-2]}"
printf '%s\n' "${COMPREPLY[@]}"
"""

    def __init__(self, completion):
        self.completion = completion

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def complete(self, line):
        done = subprocess.run(["bash", "--norc", "-c", self.SCRIPT, "bash", self.completion, line],
                              capture_output=True, text=True, check=True)
        if done.stderr:
            raise RuntimeError(done.stderr)
        return values_only(done.stdout.split(), line)


class Fish(Bash):
    # fish offers short options only where no long one stands for the same.
    lists_short_options = False

    def complete(self, line):
        environment = {**os.environ, "HOME": os.getcwd(), "XDG_CONFIG_HOME": "/nonexistent"}
        done = subprocess.run(
            ["fish", "--no-config", "-c", "source $argv[1]; complete -C $argv[2]",
             self.completion, line],
            capture_output=True, text=True, check=True, env=environment)
        return values_only([row.split("\t")[0] for row in done.stdout.splitlines()], line)


class Zsh:
    lists_short_options = True
    # Its completion works in an interactive shell only, so it gets a terminal. What is offered goes
    # through `compadd`, in calls that also only ask (-O, -A, -D).
    SETUP = r"""
PS1= PS2= RPS1=
fpath=($PYCORE_FOLDER $fpath)
autoload -Uz compinit && compinit -u -D
compadd() {
    local -a options=("${@[1,(i)(-|--)]}") hits
    if [[ " $options " != *\ -[a-zA-Z]#[OAD]\ * ]]; then
        builtin compadd -A hits "$@"
        (( $#hits )) && print -lr -- $hits >>$PYCORE_HITS
    fi
    builtin compadd "$@"
}
show-matches() { zle complete-word; print -r -- DONE >>$PYCORE_HITS; zle kill-whole-line }
zle -N show-matches
bindkey '^I' show-matches
setopt extended_glob no_auto_list no_auto_menu
print -r -- DONE >>$PYCORE_HITS
"""

    def __init__(self, completion):
        self.folder = tempfile.TemporaryDirectory()
        self.hits = pathlib.Path(self.folder.name, "hits")
        setup = pathlib.Path(self.folder.name, "setup")
        setup.write_text(self.SETUP)
        self.process, self.terminal = pty.fork()
        if self.process == 0:
            os.environ.update(PYCORE_FOLDER=os.path.dirname(completion), TERM="dumb",
                              PYCORE_HITS=str(self.hits), HOME=self.folder.name)
            os.execvp("zsh", ["zsh", "-f", "-i"])
        self.answers(f"source {setup}\n")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        os.close(self.terminal)  # a hang-up ends the shell
        os.waitpid(self.process, 0)
        self.folder.cleanup()

    def answers(self, text):
        self.hits.write_text("")
        os.write(self.terminal, text.encode())
        end = time.monotonic() + 30
        while time.monotonic() < end:
            if select.select([self.terminal], [], [], 0.01)[0]:
                os.read(self.terminal, 65536)
            lines = self.hits.read_text().splitlines()
            if lines and lines[-1] == "DONE":
                return lines[:-1]
        raise TimeoutError(f"zsh did not complete {text!r}")

    def complete(self, line):
        return values_only(self.answers(line + "\t"), line)


SHELLS = {"bash": Bash, "zsh": Zsh, "fish": Fish}
