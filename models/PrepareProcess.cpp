// SPDX-License-Identifier: Apache-2.0
#include "models/ComputeDevice.h"

#include <array>
#include <cstdlib>
#include <limits.h>
#include <malloc.h>
#include <string>
#include <unistd.h>

namespace emend {

namespace {

/// Feature maps come and go by the second, tens of megabytes each. By default glibc fetches each
/// from the kernel and gives it back, and the page faults cost more than the convolutions.
void keepFreedMemory()
{
    constexpr int topPadBytes = 64 << 20;
    mallopt(M_MMAP_MAX, 0);
    mallopt(M_TRIM_THRESHOLD, INT_MAX);
    mallopt(M_TOP_PAD, topPadBytes);
    mallopt(M_ARENA_MAX, 1); // other arenas consist of heaps that are always given back
}

std::string ownPath()
{
    std::array<char, PATH_MAX> path = {};
    const ssize_t length = readlink("/proc/self/exe", path.data(), path.size() - 1);
    return length > 0 ? std::string(path.data(), size_t(length)) : std::string();
}

} // namespace

void prepareProcessForCompute(int argc, char** argv)
{
    keepFreedMemory();

    // With a workspace of its own for each stream cuBLAS can be asked to add always in the same
    // order (Reproducible). It reads this when CUDA starts; it costs 32 MB of a card's memory.
    setenv("CUBLAS_WORKSPACE_CONFIG", ":4096:8", 0);

    // Waiting threads soon sleep, else they take the cores from the window and from other programs;
    // but not at once, for between two layers it takes longer to be woken than to wait: about half
    // a millisecond. OpenMP reads this before main: only a fresh start sees it. The second time the
    // variable is there, whoever set it, so this never loops.
    constexpr const char* waitPolicy = "OMP_WAIT_POLICY";
    constexpr const char* turnsBeforeSleep = "20000";
    const std::string program = ownPath();
    if (argc < 1 || program.empty() || std::getenv(waitPolicy) != nullptr)
        return;
    setenv(waitPolicy, "PASSIVE", 1);
    setenv("GOMP_SPINCOUNT", turnsBeforeSleep, 0);
    execv(program.c_str(), argv); // returns only when it failed; then slower is good enough
}

} // namespace emend
