"""The same comparison built in the two ways that everybody knows, to measure the site against: a
page that computes in the browser (`computed`), and Django with htmx and nothing else (`plain`).

Both are small and ordinary: a table with a box for each criterion, the overall scores in the
table's foot, a ranking above it. Neither has sources, certainty, links that last, or an answer
without a script.
"""
