# Completion of pycore-report(1) for bash. It needs nothing of bash-completion's own functions.

_pycore_report_values()
{
    case $1 in
    --color) compgen -W "auto always never" -- "$2" ;;
    --privacy) compgen -W "local public" -- "$2" ;;
    --sysroot | --module-path | --debug-dir | --source-path | --output-dir) compgen -d -- "$2" ;;
    -o | --output | -c | --core | --exe | --config | \
        --brief | --core-backtrace | --html | --json | --markdown | --sentry | --text | --ureport)
        compgen -f -- "$2" ;;
    esac
}

_pycore_report()
{
    local options="--brief --core-backtrace --html --json --markdown --sentry --text --ureport
        -o --output --force --color= --all-frames --threads --thread --no-lines --no-modules
        --modules --locals --no-locals --globals --privacy= --redact --environment
        -c --core --exe --sysroot --module-path --debug-dir --source-path --no-recorded-paths
        --no-source --debuginfod
        --batch --output-dir --jobs --new-only --worker-memory
        --collector --config --log-journal
        --max-frames --max-total-frames --max-threads --max-interpreters --max-source-bytes
        --max-warnings --max-report-bytes --max-unpacked-bytes --max-scan-bytes --max-text-bytes
        --max-dict-entries --max-line-table-bytes --max-locals --max-value-depth --max-value-items
        --max-value-text --max-value-bytes --max-total-value-bytes --max-segments --max-note-bytes
        --max-mapped-files --max-modules --time-limit
        -h --help --self-check --version --print-schema"
    local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} option= prefix=

    if [[ $current == = ]]; then
        # Bash takes `--html=report` for three words, unless COMP_WORDBREAKS says otherwise.
        option=$before current=
    elif [[ $before == = && COMP_CWORD -ge 2 ]]; then
        option=${COMP_WORDS[COMP_CWORD - 2]}
    elif [[ $current == --*=* ]]; then
        option=${current%%=*} prefix=${current%%=*}= current=${current#*=}
    else
        case $before in
        -o | --output | --color | --thread | --privacy | --redact | -c | --core | --exe | \
            --config | --sysroot | --module-path | --debug-dir | --source-path | --output-dir | --jobs | \
            --worker-memory | --max-* | --time-limit)
            option=$before ;;
        esac
    fi

    local IFS=$'\n'
    if [[ -n $option ]]; then
        compopt -o filenames 2>/dev/null
        COMPREPLY=($(_pycore_report_values "$option" "$current"))
        COMPREPLY=("${COMPREPLY[@]/#/$prefix}")
    elif [[ $current == -* ]]; then
        COMPREPLY=($(IFS=$' \n' && compgen -W "$options" -- "$current"))
        [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *= ]] && compopt -o nospace 2>/dev/null
    else
        compopt -o filenames 2>/dev/null
        COMPREPLY=($(compgen -f -- "$current"))
    fi
}

complete -F _pycore_report pycore-report
