package dev.lightning.providers.filters;

/**
 * What is wrong with an expression.
 *
 * @param line counted from 1
 * @param column counted from 1
 * @param message one line for people
 */
public record FilterFault(int line, int column, String message) {
    /** All of it in one sentence part, for a finding about a field. */
    public String inWords() {
        return "line " + line + ", column " + column + ": " + message;
    }
}
