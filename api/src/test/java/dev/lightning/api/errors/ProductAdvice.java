package dev.lightning.api.errors;

/** Gives web tests of single controllers the very error handling that the product has. */
public final class ProductAdvice {
    private ProductAdvice() {}

    public static Object instance() {
        return new ProblemAdvice();
    }
}
