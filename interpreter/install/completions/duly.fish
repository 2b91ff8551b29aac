# fish completion for duly. Commands and options come from the program's own help, so they are always its own.

function __duly_commands
    duly --help 2>/dev/null | sed -n '/^Subcommands:/,/^$/s/^  \([a-z]*\) *\(.*\)$/\1\t\2/p'
end

function __duly_options
    set -l command (commandline -opc)[2..]
    duly (string match -rv '^-' -- $command)[1] --help 2>/dev/null |
        sed -nE 's/^ +(-[a-z],)?(--[a-z-]+)[^ ]*( [A-Z.]+)* +(.*)$/\2\t\4/p'
end

complete -c duly -n __fish_use_subcommand -f -a '(__duly_commands)'
complete -c duly -n 'string match -q -- "-*" (commandline -ct)' -f -a '(__duly_options)'
