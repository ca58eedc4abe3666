package dev.lightning.azurestandin.arm;

/** Something to be done in the background, which fails as Azure says it: with an {@link ArmException}. */
@FunctionalInterface
public interface Work {
    /** Does it. */
    void run() throws InterruptedException;
}
