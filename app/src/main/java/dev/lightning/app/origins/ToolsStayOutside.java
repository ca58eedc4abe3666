package dev.lightning.app.origins;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/** Refuses what tools ask of the platform's own ports, before anybody looks at it: what a tool has to say is its result. */
final class ToolsStayOutside extends ValveBase {
    private static final String REFUSAL = """
            {"type":"/problems/forbidden","title":"Forbidden","status":403,\
            "detail":"Tools cannot call the platform that runs them; what they have to say is their result"}""";

    private final ToolOrigins origins;

    ToolsStayOutside(ToolOrigins origins) {
        super(true);
        this.origins = origins;
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        if (origins.include(request.getRemoteAddr())) {
            response.setStatus(HttpStatus.FORBIDDEN.value());
            response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            response.getWriter().write(REFUSAL);
        } else {
            getNext().invoke(request, response);
        }
    }
}
