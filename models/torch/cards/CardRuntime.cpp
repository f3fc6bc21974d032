// SPDX-License-Identifier: Apache-2.0
#include "models/torch/cards/CardRuntime.h"

#include "models/ComputeDevice.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

#include <c10/util/Exception.h>

#include <dlfcn.h>

namespace emend {

namespace {

/// The library, loaded for good: what it made may outlive every other owner.
class Library
{
public:
    Library()
    {
        const QString path =
            QDir(QCoreApplication::applicationDirPath()).filePath(QStringLiteral("emend_cuda.so"));
        if (!QFileInfo::exists(path))
            return;
        m_handle = dlopen(QFile::encodeName(path).constData(), RTLD_NOW | RTLD_LOCAL);
        if (!m_handle)
            qWarning("Without graphs on the graphics card: %s", dlerror());
        const auto version = function<CardRuntimeVersionFunction>("emendCardRuntimeVersion");
        if (version && version() == cardRuntimeVersion)
            m_make = function<MakeCardRuntimeFunction>("emendMakeCardRuntime");
    }

    MakeCardRuntimeFunction* make() const { return m_make; }

private:
    template <class Signature>
    Signature* function(const char* name) const
    {
        return m_handle ? reinterpret_cast<Signature*>(dlsym(m_handle, name)) : nullptr;
    }

    void* m_handle = nullptr;
    MakeCardRuntimeFunction* m_make = nullptr;
};

} // namespace

std::unique_ptr<CardRuntime> makeCardRuntime(const ComputeDevice& device)
{
    // A device that is CUDA was found by graphicsCards(), which loaded LibTorch's CUDA half.
    if (!device.isCuda())
        return nullptr;
    static const Library library;
    if (!library.make())
        return nullptr;
    try {
        return std::unique_ptr<CardRuntime>(library.make()(device.cudaIndex()));
    } catch (const c10::Error& error) {
        qWarning("Without graphs on the graphics card: %s", error.what_without_backtrace());
        return nullptr;
    }
}

} // namespace emend
