package dev.lightning.azurestandin.arm;

import tools.jackson.databind.node.ObjectNode;

/** A refusal as Azure words it: a status for HTTP, a code for programs, a sentence for people. */
public final class ArmException extends RuntimeException {
    private final int status;
    private final String code;

    /** A refusal with Azure's own code. */
    public ArmException(int status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    /** What a type answers to a path that it does not know. */
    public static ArmException noSuchPath(String path) {
        return new ArmException(404, "NotFound", "There is nothing at " + path + ".");
    }

    /** For HTTP. */
    public int status() {
        return status;
    }

    /** For programs. */
    public String code() {
        return code;
    }

    /** The object that is called {@code error} wherever an error is told. */
    public ObjectNode error() {
        ObjectNode error = Json.object().put("code", code).put("message", getMessage());
        error.putArray("details");
        return error;
    }

    ArmResponse response() {
        return ArmResponse.of(status, Json.object().set("error", error()));
    }
}
