# bash completion for duly. Commands and options come from the program's own help, so they are always its own.

_duly() {
  local word current command='' i
  current=${COMP_WORDS[COMP_CWORD]}
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=${COMP_WORDS[i]}
    case $word in
      --path | --color) ((i++)) ;;
      -*) ;;
      *) command=$word && break ;;
    esac
  done

  COMPREPLY=()
  if [[ $current == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$(_duly_help $command | grep -oE -- '^ +(-[a-z],)?--[a-z-]+' | grep -oE -- '--.*')" -- "$current")
  elif [[ -z $command ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$(_duly_help | sed -n '/^Subcommands:/,/^$/s/^  \([a-z]*\) .*/\1/p')" -- "$current")
  else
    compopt -o default 2>/dev/null
  fi
}

_duly_help() { "${COMP_WORDS[0]}" "$@" --help 2>/dev/null; }

complete -F _duly duly
