package dev.lightning.api;

import dev.lightning.api.security.Caller;
import dev.lightning.api.security.OwnerKeys;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Says who calls a controller under test, on whatever thread the test runs. */
public final class SignedIn implements HandlerMethodArgumentResolver {
    private volatile Caller caller = new Caller(OwnerKeys.builtIn("alice"), false);

    public void as(String userId, boolean admin) {
        as(new Caller(OwnerKeys.builtIn(userId), admin));
    }

    public void as(Caller other) {
        caller = other;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Caller.class;
    }

    @Override
    public Caller resolveArgument(
            MethodParameter parameter,
            ModelAndViewContainer container,
            NativeWebRequest request,
            WebDataBinderFactory binder) {
        return caller;
    }
}
