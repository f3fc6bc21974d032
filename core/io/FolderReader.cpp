// SPDX-License-Identifier: Apache-2.0
#include "core/io/FolderReader.h"

#include "core/Error.h"
#include "core/io/Limits.h"
#include "core/io/StackFile.h"

#include <QCoreApplication>

#include <algorithm>
#include <filesystem>
#include <list>
#include <map>
#include <mutex>

namespace emend {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("FolderReader", text);
}

struct Entry
{
    NativePath path;
    QString name;
    QString ending; ///< in small letters; .tiff counts as .tif

    bool isNumbered() const
    {
        return std::any_of(name.begin(), name.end(), [](QChar c) { return c.isDigit(); });
    }
};

QString endingOf(const QString& name)
{
    const QString ending = name.section(QLatin1Char('.'), -1).toLower();
    return ending == QLatin1String("tiff") ? QStringLiteral("tif") : ending;
}

bool canBeSection(const Entry& entry)
{
    return entry.ending == QLatin1String("tif") || entry.ending == QLatin1String("png") ||
           entry.ending == QLatin1String("mrc");
}

/// The number whose digits begin at i, without leading zeros; i moves behind it.
QString takeNumber(const QString& text, qsizetype& i)
{
    while (i < text.size() && text[i] == QLatin1Char('0'))
        ++i;
    const qsizetype first = i;
    while (i < text.size() && text[i].isDigit())
        ++i;
    return text.mid(first, i - first);
}

/// As people count: s2 before s10. Not by the user's language, whose rules differ from machine to
/// machine: the same folder has one order everywhere.
bool comesBefore(const QString& a, const QString& b)
{
    qsizetype i = 0;
    qsizetype k = 0;
    while (i < a.size() && k < b.size()) {
        if (a[i].isDigit() && b[k].isDigit()) {
            const QString left = takeNumber(a, i);
            const QString right = takeNumber(b, k);
            if (left.size() != right.size())
                return left.size() < right.size();
            if (left != right)
                return left < right;
            continue;
        }
        const QChar left = a[i++].toCaseFolded();
        const QChar right = b[k++].toCaseFolded();
        if (left != right)
            return left < right;
    }
    return a.size() - i < b.size() - k;
}

/// All files that are not hidden, as people count them.
std::vector<Entry> filesOf(const NativePath& folder)
{
    std::vector<Entry> entries;
    std::error_code failed;
    for (const auto& entry : std::filesystem::directory_iterator(folder, failed)) {
        std::error_code unknown;
        const NativePath path = entry.path().string();
        const QString name = displayName(path);
        if (entry.is_directory(unknown) || name.startsWith(QLatin1Char('.')))
            continue;
        entries.push_back({path, name, endingOf(name)});
    }
    if (failed)
        throw Error(tr("The folder %1 cannot be read. Check its permissions, or the disk it is on.")
                        .arg(displayName(folder)));
    std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
        if (comesBefore(a.name, b.name) != comesBefore(b.name, a.name))
            return comesBefore(a.name, b.name);
        return a.path < b.path;
    });
    return entries;
}

/// The sections among the files of a folder: those of the most frequent kind, and of them those
/// with a number where any has one.
bool isSection(const Entry& entry, const QString& ending, bool areNumbered)
{
    return canBeSection(entry) && entry.ending == ending && (!areNumbered || entry.isNumbered());
}

std::vector<Entry> takeSections(std::vector<Entry>& entries)
{
    const bool areNumbered = std::any_of(entries.begin(), entries.end(), [](const Entry& entry) {
        return canBeSection(entry) && entry.isNumbered();
    });
    std::map<QString, int> countOfEnding;
    for (const Entry& entry : entries) {
        if (canBeSection(entry) && (!areNumbered || entry.isNumbered()))
            ++countOfEnding[entry.ending];
    }
    if (countOfEnding.empty())
        return {};
    const QString ending =
        std::max_element(countOfEnding.begin(), countOfEnding.end(),
                         [](const auto& a, const auto& b) { return a.second < b.second; })
            ->first;
    std::vector<Entry> sections;
    std::copy_if(entries.begin(), entries.end(), std::back_inserter(sections),
                 [&](const Entry& entry) { return isSection(entry, ending, areNumbered); });
    std::erase_if(entries,
                  [&](const Entry& entry) { return isSection(entry, ending, areNumbered); });
    return sections;
}

QString leftOutNote(const std::vector<Entry>& others)
{
    constexpr size_t namedMost = 8;
    QStringList names;
    for (size_t i = 0; i < std::min(namedMost, others.size()); ++i)
        names << others[i].name;
    if (others.size() > namedMost)
        names << tr("and %1 more").arg(others.size() - namedMost);
    return tr("Left out: %1.").arg(names.join(QStringLiteral(", ")));
}

/// Opens the section that is read, and keeps the last few open.
class FolderSource : public ComponentSource
{
public:
    explicit FolderSource(std::vector<Entry> sections)
        : m_sections(std::move(sections))
    {
    }

    void read(int z, Rect rect, void* out) override { source(z)->read(0, rect, out); }

private:
    using Source = std::shared_ptr<ComponentSource>;
    static constexpr size_t openMost = 6;

    Source source(int z)
    {
        const std::lock_guard lock(m_mutex);
        const auto found = std::find_if(m_open.begin(), m_open.end(),
                                        [z](const auto& open) { return open.first == z; });
        if (found != m_open.end()) {
            m_open.splice(m_open.begin(), m_open, found);
            return m_open.front().second;
        }
        m_open.emplace_front(z, Source(openFile(m_sections[size_t(z)].path).source));
        if (m_open.size() > openMost)
            m_open.pop_back();
        return m_open.front().second;
    }

    std::vector<Entry> m_sections;
    std::mutex m_mutex;
    std::list<std::pair<int, Source>> m_open; // the one used last first
};

void checkSameKind(const OpenedStack& first, const QString& firstName, const OpenedStack& other,
                   const QString& name)
{
    const VolumeSize a = first.info.size;
    const VolumeSize b = other.info.size;
    if (b.slices != 1)
        throw Error(tr("%1 holds %2 sections. A folder is opened as one section a file; open that "
                       "file by itself.")
                        .arg(name)
                        .arg(b.slices));
    if (a.width != b.width || a.height != b.height)
        throw Error(tr("%1 has %2 x %3 pixels, %4 has %5 x %6. All sections of a folder need one "
                       "size; move what does not belong to another folder.")
                        .arg(name)
                        .arg(b.width)
                        .arg(b.height)
                        .arg(firstName)
                        .arg(a.width)
                        .arg(a.height));
    if (first.component != other.component)
        throw Error(tr("%1 has another depth than %2. All sections of a folder need the same "
                       "number of bits.")
                        .arg(name, firstName));
}

} // namespace

OpenedStack openFolder(const NativePath& path)
{
    std::vector<Entry> others = filesOf(path);
    std::vector<Entry> sections = takeSections(others);
    if (sections.empty())
        throw Error(tr("The folder %1 holds no sections: no TIFF, PNG or MRC files. Choose the "
                       "folder that holds the images themselves.")
                        .arg(displayName(path)));
    if (sections.size() > size_t(Limits::slices))
        throw Error(tr("The folder %1 holds more than %2 sections. Split it into several folders.")
                        .arg(displayName(path))
                        .arg(Limits::slices));
    OpenedStack opened = openFile(sections.front().path);
    checkSameKind(opened, sections.front().name, opened, sections.front().name);
    for (const Entry& section : sections) {
        const OpenedStack other = openFile(section.path);
        checkSameKind(opened, sections.front().name, other, section.name);
        // A mixed block size costs speed only: the smallest common one is not looked for.
        opened.preferredBlock.height =
            std::max(opened.preferredBlock.height, other.preferredBlock.height);
    }
    opened.info.size.slices = int(sections.size());
    if (!others.empty())
        opened.info.notes << leftOutNote(others);
    opened.source = std::make_unique<FolderSource>(std::move(sections));
    return opened;
}

} // namespace emend
