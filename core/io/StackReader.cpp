// SPDX-License-Identifier: Apache-2.0
#include "core/io/StackReader.h"

#include "core/Error.h"
#include "core/io/FolderReader.h"
#include "core/io/GreyMapping.h"
#include "core/io/InputFile.h"
#include "core/io/StackFile.h"

#include <QCoreApplication>

#include <filesystem>
#include <new>

namespace emend {

std::shared_ptr<const ImageStack> StackReader::open(const QString& path, qint64 cacheBytes)
{
    const NativePath native = nativePath(path);
    try {
        std::error_code failed;
        OpenedStack opened =
            std::filesystem::is_directory(native, failed) ? openFolder(native) : openFile(native);
        opened.info.name = displayName(native);
        std::unique_ptr<SliceSource> source = makeGreySource(opened);
        return std::make_shared<ImageStack>(std::move(opened.info), std::move(source), cacheBytes);
    } catch (const std::bad_alloc&) {
        throw Error(QCoreApplication::translate("StackReader", "There is not enough memory to open "
                                                               "%1. Close other programs.")
                        .arg(displayName(native)));
    }
}

QStringList StackReader::namePatterns()
{
    return openableNamePatterns();
}

} // namespace emend
