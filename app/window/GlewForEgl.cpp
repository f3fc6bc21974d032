// SPDX-License-Identifier: Apache-2.0
//
// Linux only, and only in a program, never in a library: VTK's call of glewInit() has to find
// this one. Debian's GLEW is built for X11 and reports an error under EGL (Wayland) although it
// has found every function; VTK would then refuse to draw.
#include <dlfcn.h>

extern "C" unsigned int glewInit()
{
    constexpr unsigned int noGlxDisplay = 4;
    constexpr unsigned int noVersion = 1;
    using Function = unsigned int (*)();
    static const auto real = reinterpret_cast<Function>(dlsym(RTLD_NEXT, "glewInit"));
    const unsigned int result = real ? real() : noVersion;
    return result == noGlxDisplay ? 0u : result;
}
