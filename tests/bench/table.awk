# SPDX-FileCopyrightText: The Kindling developers
# SPDX-License-Identifier: GPL-3.0-or-later
# The table of ./dev bench: `awk -f table.awk budgets results`, and its numbers as JSON with `-v json=FILE`.
function is_over(value, peer, name) {
    limit = bound[name] + 0
    if (bound[name] ~ /x$/) {
        if (peer + 0 <= 0)
            return 0
        limit *= peer
    }
    return sign[name] == "<=" ? value > limit : value < limit
}
function row(a, b, c, d, e, f, g) { printf "%-36s %14s %-10s %14s %8s %9s %s\n", a, b, c, d, e, f, g }

FNR == NR {
    if ($0 !~ /^#/ && NF == 3) {
        sign[$1] = $2
        bound[$1] = $3
    }
    next
}
FNR == 1 {
    row("what", "value", "unit", "peer", "ratio", "budget", "")
    if (json)
        printf "{" > json
}
NF == 4 {
    over = ($1 in bound) && is_over($2, $4, $1)
    row($1, $2, $3, $4, $4 + 0 > 0 ? sprintf("%.2f", $2 / $4) : "-", ($1 in bound) ? sign[$1] " " bound[$1] : "-", over ? "OVER" : "")
    met += ($1 in bound) && !over
    missed += over
    if (json) {
        printf "%s\n  \"%s\": { \"value\": %s, \"unit\": \"%s\", \"peer\": %s, ", comma, $1, $2, $3, $4 == "-" ? "null" : $4 > json
        printf "\"budget\": %s }", ($1 in bound) ? "\"" sign[$1] " " bound[$1] "\"" : "null" > json
        comma = ","
    }
    seen[$1] = 1
}
END {
    for (name in bound)
        if (!(name in seen))
            unmeasured = unmeasured " " name
    printf "%d of %d budgets met%s\n", met, met + missed, unmeasured ? "; not measured:" unmeasured : ""
    if (json)
        print "\n}" > json
}
