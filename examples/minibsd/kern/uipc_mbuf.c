/*-
 * SPDX-License-Identifier: BSD-2-Clause
 *
 * Packet buffers.
 */

#include <sys/malloc.h>
#include <sys/mbuf.h>
#include <sys/systm.h>

static MALLOC_DEFINE(M_MBUF, "mbuf", "packet buffers");

struct mbuf *
m_gethdr(int how)
{
	struct mbuf *m;

	m = malloc(sizeof(*m), M_MBUF, how | M_ZERO);
	m->m_data = m->m_dat + MHEADROOM;
	return (m);
}

void
m_freem(struct mbuf *m)
{

	free(m, M_MBUF);
}

int
m_inuse(void)
{

	return ((int)M_MBUF[0].ks_inuse);
}

/* Remove len bytes: from the front, or, if negative, from the end. */
void
m_adj(struct mbuf *m, int len)
{

	if (len >= 0) {
		m->m_data += len;
		m->m_len -= len;
		m->m_pkthdr.len -= len;
	} else {
		m->m_len += len;
		m->m_pkthdr.len += len;
	}
}

int
m_append(struct mbuf *m, int len, const void *cp)
{

	if (m->m_data + m->m_len + len > m->m_dat + MSIZE)
		return (0);
	memcpy(m->m_data + m->m_len, cp, len);
	m->m_len += len;
	m->m_pkthdr.len += len;
	return (1);
}

void
m_cat(struct mbuf *m, struct mbuf *n)
{

	if (!m_append(m, n->m_len, n->m_data))
		panic("m_cat: does not fit");
	m_freem(n);
}

struct mbuf *
m_dup(const struct mbuf *m)
{
	struct mbuf *n;

	n = m_gethdr(M_NOWAIT);
	memcpy(n->m_dat, m->m_dat, sizeof(n->m_dat));
	n->m_data = n->m_dat + (m->m_data - m->m_dat);
	n->m_len = m->m_len;
	n->m_flags = m->m_flags;
	n->m_pkthdr = m->m_pkthdr;
	return (n);
}

/* Make room for a header. */
struct mbuf *
m_prepend(struct mbuf *m, int len)
{

	if (m->m_data - len < m->m_dat) {
		m_freem(m);
		return (NULL);
	}
	m->m_data -= len;
	m->m_len += len;
	m->m_pkthdr.len += len;
	return (m);
}
